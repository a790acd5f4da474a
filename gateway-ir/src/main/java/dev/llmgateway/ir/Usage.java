package dev.llmgateway.ir;

/**
 * Tokens of one call, in counters that never overlap (but for {@code reasoning}, which is a part of {@code output}), so
 * that each can be priced on its own. All are zero or more, and at most {@link #MOST}, which sums stop at.
 *
 * <p>OpenAI reports the prompt including cached tokens, Anthropic without them; the codecs convert.
 *
 * @param input prompt tokens neither read from nor written to a cache
 * @param cacheRead prompt tokens read from the provider's cache
 * @param cacheWrite5m prompt tokens written to a cache of the default life (5 minutes at Anthropic, 30 at OpenAI)
 * @param cacheWrite1h prompt tokens written to a one-hour cache
 * @param output all generated tokens, reasoning included
 * @param reasoning the part of {@code output} spent on reasoning
 */
public record Usage(long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output, long reasoning) {

    /** The most that a counter holds: small enough that two of them, and the counters of one usage, add up without overflow. */
    public static final long MOST = Long.MAX_VALUE / 8;

    public static final Usage ZERO = new Usage(0, 0, 0, 0, 0, 0);

    /** Clamps to legal values: vendors have been seen to report parts larger than the whole. */
    public Usage {
        input = Math.clamp(input, 0, MOST);
        cacheRead = Math.clamp(cacheRead, 0, MOST);
        cacheWrite5m = Math.clamp(cacheWrite5m, 0, MOST);
        cacheWrite1h = Math.clamp(cacheWrite1h, 0, MOST);
        output = Math.clamp(output, 0, MOST);
        reasoning = Math.clamp(reasoning, 0, output);
    }

    /** Nothing cached, no reasoning. */
    public static Usage of(long input, long output) {
        return new Usage(input, 0, 0, 0, output, 0);
    }

    /** The same prompt with another answer. */
    public Usage withOutput(long tokens) {
        return new Usage(input, cacheRead, cacheWrite5m, cacheWrite1h, tokens, reasoning);
    }

    /** The whole prompt, as OpenAI counts it. */
    public long totalInput() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /** Prompt and answer. */
    public long total() {
        return totalInput() + output;
    }
}
