package dev.llmgateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What can be done with the records of calls. Its commands are added by {@link Program}. */
@Command(name = "audit", description = "Check the records of calls.")
final class AuditCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.usage("audit needs to know what to do: audit verify");
    }
}
