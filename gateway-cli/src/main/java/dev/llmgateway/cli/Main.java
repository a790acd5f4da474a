package dev.llmgateway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** The program {@code llm-gateway}. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] args) {
        boolean colours = Ansi.AUTO.enabled();
        System.exit(Program.run(
                new Surroundings(System.in, System.out, System.err, colours, System::getenv, Path.of("")), args));
    }
}
