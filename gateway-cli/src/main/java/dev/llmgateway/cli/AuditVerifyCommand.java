package dev.llmgateway.cli;

import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.Secret;
import dev.llmgateway.store.postgres.AuditChain;
import dev.llmgateway.store.postgres.AuditReport;
import dev.llmgateway.store.postgres.ChainPoint;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseException;
import dev.llmgateway.store.postgres.DatabaseSettings;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Follows the chain of all records in the configured database. */
@Command(
        name = "verify",
        description = "Tell whether records were changed, removed or moved since they were written."
                + " Ends with 0 when none was, 1 when some were, 2 when that cannot be told.")
final class AuditVerifyCommand implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int UNKNOWN = 2;

    @Option(
            names = "--expect-head",
            paramLabel = "<SEQ:HASH>",
            description = "A head that was printed before: the records must contain it still")
    private @Nullable String expected;

    private final Surroundings here;
    private final Startup startup;

    AuditVerifyCommand(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.startup = new Startup(here, options);
    }

    @Override
    public Integer call() {
        Logging.start(here.environment(), LogLevel.ERROR);
        ChainPoint noted = noted();
        try (Database database = Database.open(settings())) {
            AuditReport report = AuditChain.verify(database, noted);
            print(report);
            return status(report);
        } catch (DatabaseException | ConfigException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ChainPoint noted() {
        try {
            return expected == null ? null : ChainPoint.parse(expected);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--expect-head " + e.getMessage());
        }
    }

    private DatabaseSettings settings() {
        if (!startup.hasFile()) {
            throw CommandFailure.unknown(
                    "there is no " + Startup.USUAL_FILE + " in this directory: name the file with --config");
        }
        GatewayConfig config = startup.config();
        Secret url = config.storage().database().url();
        if (url == null) {
            throw CommandFailure.unknown(
                    "no database is configured: records in memory are gone with their process, and are not verified");
        }
        return DatabaseSettings.of(url.reveal(), 1);
    }

    private void print(AuditReport report) {
        here.out()
                .println((report.isIntact() ? "intact: " : "BROKEN: ") + report.calls() + " calls and "
                        + report.charges() + " late charges after entry "
                        + report.begin().seq());
        for (AuditReport.Problem problem : report.problems()) {
            here.out().println("  " + word(problem.kind()) + ": " + problem.count() + ", first: " + problem.first());
        }
        here.out().print(expectation(report));
        here.out().println("head " + report.head());
    }

    private static String word(AuditReport.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String expectation(AuditReport report) {
        return switch (report.expected()) {
            case NOT_ASKED -> "";
            case FOUND -> "the expected head is still there\n";
            case DIFFERENT ->
                "the expected head " + expected + " is not there: records up to it were rewritten or cut off\n";
            case REMOVED ->
                "the expected head cannot be looked for: it was removed with all before it, for its age or by request\n";
        };
    }

    private static int status(AuditReport report) {
        if (!report.isIntact()) {
            return BROKEN;
        }
        return report.expected() == AuditReport.Expected.REMOVED ? UNKNOWN : 0;
    }
}
