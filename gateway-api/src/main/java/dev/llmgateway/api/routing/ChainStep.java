package dev.llmgateway.api.routing;

import dev.llmgateway.ir.Dialect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One target of the failover chain, and why it stands there.
 *
 * @param dialect the wire format that it would be asked in; null when its provider cannot tell
 * @param leavesOut what of the request it would not be sent, as {@link Ranked#leavesOut}; null when nothing is known to be
 *     lost
 */
public record ChainStep(
        Candidate candidate,
        Why why,
        @Nullable Dialect dialect,
        @Nullable String leavesOut) {

    /** A target of which no more is known. */
    public ChainStep(Candidate candidate, Why why) {
        this(candidate, why, null, null);
    }

    /** Why a candidate is in the chain. */
    public enum Why {
        /** The caller named this model. */
        PINNED,
        /** The caller named this model, and nobody knows whether it can do all that is needed. */
        PINNED_UNCHECKED,
        /** The conversation began with this model. */
        STICKY,
        /** It ranks here. */
        RANKED,
        /** It ranks lower, but those above it would not be sent all of the request. */
        TAKES_ALL,
        /** It ranks here, and the model that the caller named cannot be asked now. */
        STAND_IN,
        /** It ranks lower, but stands at another provider than all before it. */
        SECOND_PROVIDER,
        /** No model is quick enough, and it is the next quickest of those that can serve the request. */
        QUICKEST;

        /** The reason as answers spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
