package dev.llmgateway.api;

import dev.llmgateway.ir.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from, as its caller says. For records and statistics alone: nothing is decided by it.
 *
 * @param dialect the wire format that the caller speaks; null for a call within this process
 * @param source the program or the person behind the call ({@code x-source}); null when it does not say
 * @param project what the call is for ({@code x-project}); null when it does not say
 */
public record CallLabels(
        @Nullable Dialect dialect,
        @Nullable String source,
        @Nullable String project) {

    /** Longer names are refused, so that records stay small. */
    public static final int LONGEST = 128;

    /** Nothing is said. */
    public static final CallLabels NONE = new CallLabels(null, null, null);

    /** @throws IllegalArgumentException when a name is empty or too long */
    public CallLabels {
        check("source", source);
        check("project", project);
    }

    /** The labels of a call within this process. */
    public static CallLabels of(@Nullable String source, @Nullable String project) {
        return new CallLabels(null, source, project);
    }

    private static void check(String name, @Nullable String value) {
        if (value != null && (value.isEmpty() || value.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    name + " has " + value.length() + " characters: it must have from 1 to " + LONGEST);
        }
    }
}
