package dev.llmgateway.api.idempotency;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.replay.RecordedAnswer;

/** How a call ended for those who repeat it: with an answer, or with a failure that every repeat would meet. */
sealed interface Kept {

    /** About how much memory it takes. */
    long bytes();

    /**
     * The call's end once more.
     *
     * @throws GatewayException when the call failed
     */
    ChatStream again();

    /** A complete answer. */
    record Answer(RecordedAnswer recorded) implements Kept {
        @Override
        public long bytes() {
            return recorded.bytes();
        }

        @Override
        public ChatStream again() {
            return recorded.replay();
        }
    }

    /** A failure that is the request's own fault. */
    record Failure(LastingFailure failure) implements Kept {
        @Override
        public long bytes() {
            return failure.bytes();
        }

        @Override
        public ChatStream again() {
            throw failure.again();
        }
    }
}
