package dev.llmgateway.routing.signals;

import dev.llmgateway.api.routing.ScoreKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which score a signal counts for. */
public final class TaskTypes {

    private TaskTypes() {}

    /**
     * The score that signals of this task type count for; null when they count for the overall quality. The type is the
     * name of a score, in any case; {@code instruction_following} and {@code chat} are other names of
     * {@link ScoreKind#INSTRUCTION} and {@link ScoreKind#ARENA}.
     */
    public static @Nullable ScoreKind kindOf(String taskType) {
        return switch (taskType.toLowerCase(Locale.ROOT)) {
            case "coding" -> ScoreKind.CODING;
            case "reasoning" -> ScoreKind.REASONING;
            case "instruction", "instruction_following" -> ScoreKind.INSTRUCTION;
            case "document" -> ScoreKind.DOCUMENT;
            case "classification" -> ScoreKind.CLASSIFICATION;
            case "arena", "chat" -> ScoreKind.ARENA;
            default -> null;
        };
    }
}
