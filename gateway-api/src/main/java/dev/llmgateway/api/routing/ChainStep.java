package dev.llmgateway.api.routing;

import java.util.Locale;

/** One target of the failover chain, and why it stands there. */
public record ChainStep(Candidate candidate, Why why) {

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
