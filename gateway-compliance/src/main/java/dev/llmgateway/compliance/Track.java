package dev.llmgateway.compliance;

import org.jspecify.annotations.Nullable;

/**
 * One way of finding things in the text of a window, at its own pace. What it finds depends on the text, not on where the pieces
 * end that the text arrives in. Not thread safe.
 */
interface Track {

    /** Looks at what has arrived, as far as it can be judged. */
    void advance();

    /** Everything before this place is judged; what begins there or later may still become a finding. */
    int decided();

    /** The earliest finding that was not taken yet, in the order of the text; null when there is none. */
    @Nullable
    Found peek();

    /** Takes what {@link #peek} shows; it must be closed. */
    void take();

    /** The first place that this track may still read. */
    int needsFrom();
}
