package dev.llmgateway.api.quality;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A report about the quality of one answer. Immutable.
 *
 * @param card the id of the model's card, {@code provider/model}
 * @param taskType what the model was asked to do; a task type of a score's name counts for that score
 * @param signalType how the quality was told: {@code thumbs}, {@code tests_passed}; kept, and not interpreted
 * @param value 0 for a useless answer to 1 for a perfect one
 * @param at when it was reported
 */
public record QualitySignal(String card, String taskType, String signalType, double value, Instant at) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** @throws IllegalArgumentException when a type is not {@linkplain #isWord a word} or the value is not in 0..1 */
    public QualitySignal {
        requireWord("task type", taskType);
        requireWord("signal type", signalType);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the value is " + value + ": it must be from 0 to 1");
        }
    }

    /** Whether this can be a task type or a signal type: 1 to 64 ASCII letters, digits, '_', '.' and '-'. */
    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    private static void requireWord(String what, String text) {
        if (!isWord(text)) {
            throw new IllegalArgumentException(
                    "the " + what + " must be 1 to 64 letters, digits, '_', '.' or '-' of ASCII");
        }
    }
}
