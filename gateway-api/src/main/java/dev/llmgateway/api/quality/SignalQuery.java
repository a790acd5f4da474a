package dev.llmgateway.api.quality;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which reports are meant.
 *
 * @param card the id of the model's card; null for all models
 * @param taskType null for any
 * @param signalType null for any
 */
public record SignalQuery(
        @Nullable String card,
        @Nullable String taskType,
        @Nullable String signalType) {

    /** All reports. */
    public static final SignalQuery ALL = new SignalQuery(null, null, null);

    /** All reports about one model. */
    public static SignalQuery of(String card) {
        return new SignalQuery(card, null, null);
    }

    /** Whether a report is meant. */
    public boolean matches(QualitySignal signal) {
        return isOrAny(card, signal.card())
                && isOrAny(taskType, signal.taskType())
                && isOrAny(signalType, signal.signalType());
    }

    private static boolean isOrAny(@Nullable String wanted, String value) {
        return wanted == null || Objects.equals(wanted, value);
    }
}
