package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts of tokens as providers report them, for all formats. What cannot be right is not believed, and then counts as not
 * reported: one absurd count would spoil every sum that it is a part of.
 */
public final class ReportedTokens {

    /** The most of one kind in one call that is believed: about a hundred times what the largest context holds. */
    public static final long MOST = 1_000_000_000L;

    private ReportedTokens() {}

    /** A count; null when it is missing, no number, negative or more than {@link #MOST}. */
    public static @Nullable Long orNull(@Nullable JsonNode reported) {
        if (reported == null || !reported.isNumber() || !reported.canConvertToLong()) {
            return null;
        }
        long count = reported.asLong(-1);
        return count >= 0 && count <= MOST ? count : null;
    }

    /** A count; 0 when there is none that is believed. */
    public static long count(@Nullable JsonNode reported) {
        Long count = orNull(reported);
        return count == null ? 0 : count;
    }

    /** This usage; null when it has no tokens at all, as when nothing of it was believed: every call has some. */
    public static @Nullable Usage orNull(Usage usage) {
        return usage.equals(Usage.ZERO) ? null : usage;
    }

    /** Whether each of these counts can be right. */
    public static boolean isCredible(Usage usage) {
        return usage.input() <= MOST
                && usage.cacheRead() <= MOST
                && usage.cacheWrite5m() <= MOST
                && usage.cacheWrite1h() <= MOST
                && usage.output() <= 2 * MOST;
    }
}
