package dev.llmgateway.cli;

import dev.llmgateway.server.GatewayStartException;
import dev.llmgateway.server.config.ConfigException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: the commands, and how an error is told. Without a command it serves. */
@Command(
        name = "llm-gateway",
        description = "Stands between applications and LLM providers.",
        abbreviateSynopsis = true,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT)
final class Program implements Callable<Integer> {

    private static final Logger LOG = System.getLogger(Program.class.getName());

    @Mixin
    private final GlobalOptions options;

    private final Surroundings here;

    private Program(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.options = options;
    }

    /** Runs one command line and returns its exit status: 0, 1 for a failure, 2 for a command line that makes no sense. */
    static int run(Surroundings here, String... args) {
        GlobalOptions options = new GlobalOptions();
        return new CommandLine(new Program(here, options))
                .addSubcommand(new ServeCommand(here, options))
                .addSubcommand(new CheckConfigCommand(here, options))
                .addSubcommand(new DemoCommand(here, options))
                .addSubcommand(new ScanCommand(here))
                .addSubcommand(new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(here, options)))
                .setOut(new PrintWriter(here.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(here.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((error, rest) -> misused(error))
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error, here))
                .execute(args);
    }

    @Override
    public Integer call() {
        return new ServeCommand(here, options).call();
    }

    private static int misused(ParameterException error) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("llm-gateway: " + error.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(error, err)) {
            err.println("llm-gateway --help lists the commands and options.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception error, Surroundings here) {
        return switch (error) {
            case CommandFailure failure -> {
                here.err().println("llm-gateway: " + failure.getMessage());
                yield failure.exitStatus();
            }
            case ConfigException wrong -> {
                here.err().println("llm-gateway: " + wrong.getMessage());
                yield 1;
            }
            case GatewayStartException taken -> {
                here.err().println("llm-gateway: " + taken.getMessage() + " (--port chooses another port)");
                yield 1;
            }
            case Exception defect -> {
                here.err()
                        .println("llm-gateway: internal error, please report it: " + defect
                                + " (LLM_GATEWAY_LOG=debug shows where)");
                LOG.log(Level.DEBUG, "internal error", defect);
                yield 1;
            }
        };
    }
}
