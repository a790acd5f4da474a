package dev.llmgateway.api;

import dev.llmgateway.ir.ChatRequest;
import java.time.Duration;

/**
 * One call on its way through the pipeline. Immutable: a stage that changes the request passes on a copy.
 *
 * @param id unique, and the {@code x-request-id} of the answer
 * @param startedAt the gateway's tick at which the call began
 * @param deadline the tick at which the whole call is out of time
 */
public record Exchange(String id, ChatRequest request, CallOptions options, long startedAt, long deadline) {

    /** The same call with another request. */
    public Exchange withRequest(ChatRequest other) {
        return new Exchange(id, other, options, startedAt, deadline);
    }

    /** The time left at {@code now}, a tick; zero or negative when there is none. */
    public Duration remaining(long now) {
        return Duration.ofNanos(deadline - now);
    }
}
