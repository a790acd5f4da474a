package dev.llmgateway.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen. A null component was not given; the vendor's default applies.
 *
 * @param temperature 0..2 at OpenAI and Gemini, 0..1 at Anthropic
 * @param topP 0..1
 * @param topK at least 1
 * @param frequencyPenalty -2..2
 * @param presencePenalty -2..2
 * @param stop texts that end the answer; empty when none
 */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Long seed,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        List<String> stop) {

    /** The vendor's defaults throughout. */
    public static final Sampling DEFAULTS = new Sampling(null, null, null, null, null, null, List.of());

    public Sampling {
        stop = List.copyOf(stop);
    }

    /** Defaults but for the temperature. */
    public static Sampling temperature(double temperature) {
        return new Sampling(temperature, null, null, null, null, null, List.of());
    }
}
