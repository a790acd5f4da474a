package dev.llmgateway.api.records;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What calls can be told apart by in sums. */
public enum Dimension {
    TENANT,
    SOURCE,
    PROJECT,
    PROVIDER,
    MODEL,
    STATUS,
    /** Why calls failed; of calls that did not, what the last of their failed tries failed with. */
    ERROR_TYPE,
    IMPACT;

    /** The dimension as answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A call's value; null when it has none. */
    public @Nullable String of(CallRecord call) {
        return switch (this) {
            case TENANT -> call.tenant();
            case SOURCE -> call.labels().source();
            case PROJECT -> call.labels().project();
            case PROVIDER -> call.served() == null ? null : call.served().provider();
            case MODEL -> call.served() == null ? null : call.served().model();
            case STATUS -> String.valueOf(call.end().status());
            case ERROR_TYPE ->
                call.end().errorType() == null
                        ? call.path().attemptError()
                        : call.end().errorType();
            case IMPACT -> call.impact().word();
        };
    }
}
