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
    /** Whom the last failed try asked, of calls that were answered by another one, too; none when no try failed. */
    FAILED_PROVIDER,
    /** The model of the same. */
    FAILED_MODEL,
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
            case PROVIDER -> provider(call.served());
            case MODEL -> model(call.served());
            case STATUS -> String.valueOf(call.end().status());
            case ERROR_TYPE -> errorType(call);
            case FAILED_PROVIDER -> provider(failed(call));
            case FAILED_MODEL -> model(failed(call));
            case IMPACT -> call.impact().word();
        };
    }

    private static @Nullable String errorType(CallRecord call) {
        CallRecord.FailedTry failure = call.path().lastFailure();
        String why = call.end().errorType();
        return why == null && failure != null ? failure.errorType() : why;
    }

    private static CallRecord.@Nullable Served failed(CallRecord call) {
        CallRecord.FailedTry failure = call.path().lastFailure();
        return failure == null ? null : failure.target();
    }

    private static @Nullable String provider(CallRecord.@Nullable Served target) {
        return target == null ? null : target.provider();
    }

    private static @Nullable String model(CallRecord.@Nullable Served target) {
        return target == null ? null : target.model();
    }
}
