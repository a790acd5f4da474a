package dev.llmgateway.ir.tokens;

/**
 * Estimates how many tokens a text has, without a tokenizer: about a hundred times cheaper, and usually within ten
 * percent of OpenAI's {@code o200k_base}. Use it to choose a model, to reserve a budget or to fill in usage that a
 * provider did not report, never to bill. Stateless, thread safe, and free of allocation.
 *
 * <p>A token can start at any character. How likely it does depends mostly on the class of the character, on the class
 * before it and on how long the run of letters, digits or punctuation has been: a space before a word starts a token, the
 * letter after it does not, every third digit does. The estimate is the sum of these likelihoods, which were measured
 * with the real tokenizer (see {@code docs/token-estimates.md} for the method and the error).
 */
public final class TokenEstimator {
    /**
     * Tokens that every chat message costs beyond its texts, from OpenAI's cookbook "How to count tokens with tiktoken",
     * {@code num_tokens_from_messages}.
     */
    public static final int TOKENS_PER_MESSAGE = 3;

    /** Tokens that a message's {@code name} costs beyond its text; same source. */
    public static final int TOKENS_PER_NAME = 1;

    /** Tokens that every request costs once, for the start of the assistant's answer; same source. */
    public static final int TOKENS_PER_REQUEST = 3;

    private static final short[] WEIGHTS = TokenWeights.load();
    private static final int[] CODES = codes();
    /** How far apart two run lengths are in {@link #WEIGHTS}. */
    private static final int RUN_STEP = TokenWeights.row(1, 0);

    private static final int LAST_GROWING_RUN = TokenWeights.row(TokenWeights.LONGEST_RUN - 1, 0);

    private static final int LONGEST_WHOLE = 1_024;
    private static final int SAMPLE = 256;
    /** One piece in so many is looked at. */
    private static final int SAMPLED_OF = 4;

    private TokenEstimator() {}

    /**
     * The estimated number of tokens of {@code text} alone, with no overhead of a message: 0 for an empty text, at least
     * 1 for any other. Takes a time proportional to the length.
     */
    public static long estimate(CharSequence text) {
        int length = text.length();
        if (length == 0) {
            return 0;
        }
        return Math.max(1, tokens(sum(text, 0, length)));
    }

    /**
     * The same from a quarter of the text, for long ones: pieces of {@value #SAMPLE} characters, evenly spread, stand for
     * the whole. Differs from {@link #estimate} by a few percent at most where a text is of a kind throughout. Texts of up to
     * {@value #LONGEST_WHOLE} characters are read whole.
     */
    public static long estimateBySamples(CharSequence text) {
        int length = text.length();
        if (length <= LONGEST_WHOLE) {
            return estimate(text);
        }
        long hundredths = 0;
        long looked = 0;
        for (int from = 0; from < length; from += SAMPLE * SAMPLED_OF) {
            int to = Math.min(length, from + SAMPLE);
            hundredths += sum(text, from, to);
            looked += to - from;
        }
        return tokens(hundredths * length / looked);
    }

    /** What {@code messages} messages and the request around them cost beyond their texts. */
    public static long chatOverhead(int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("messages must be 0 or more, but was " + messages);
        }
        return TOKENS_PER_REQUEST + (long) TOKENS_PER_MESSAGE * messages;
    }

    private static long tokens(long hundredths) {
        return (hundredths + TokenWeights.PER_TOKEN / 2) / TokenWeights.PER_TOKEN;
    }

    /** No branch and no division in this loop: it runs for every character of every request. */
    private static long sum(CharSequence text, int from, int to) {
        long sum = 0;
        int previous = CODES['\n'];
        int run = 0;
        for (int i = from; i < to; i++) {
            int current = CODES[text.charAt(i)];
            sum += WEIGHTS[run + (previous >>> 16) + (current & 0xFF)];
            // All bits set when both are of the same run, else none.
            int goesOn = (((previous ^ current) & 0xFF00) - 1) >> 31;
            run = RUN_STEP + (Math.min(run, LAST_GROWING_RUN) & goesOn);
            previous = current;
        }
        return sum;
    }

    /** For each character: its class as column (bits 0 to 7) and as row (from bit 16) of the weights, and its run. */
    private static int[] codes() {
        int[] codes = new int[Character.MAX_VALUE + 1];
        for (int c = 0; c < codes.length; c++) {
            CharClass of = CharClass.of((char) c);
            codes[c] = TokenWeights.row(0, of.ordinal()) << 16 | of.run().ordinal() << 8 | of.ordinal();
        }
        return codes;
    }
}
