package dev.llmgateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code llm-gateway}. */
@Command(name = "llm-gateway", version = "llm-gateway 0.1.0", mixinStandardHelpOptions = true)
public final class Main implements Runnable {

    private Main() {}

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
