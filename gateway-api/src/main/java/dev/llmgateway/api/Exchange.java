package dev.llmgateway.api;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the pipeline. Immutable: a stage that changes the request passes on a copy.
 *
 * @param id unique, and the {@code x-request-id} of the answer
 * @param listener is told what happens to the call
 * @param prompt the estimate of the prompt's size, carried along once somebody has made it; null before
 * @param fingerprint the request's, carried along once somebody has made it; null before
 * @param startedAt the gateway's tick at which the call began
 * @param deadline the tick at which the whole call is out of time
 */
public record Exchange(
        String id,
        ChatRequest request,
        CallOptions options,
        GatewayListener listener,
        @Nullable PromptEstimate prompt,
        @Nullable RequestFingerprint fingerprint,
        long startedAt,
        long deadline) {

    /** A call that nobody is told of. */
    public Exchange(String id, ChatRequest request, CallOptions options, long startedAt, long deadline) {
        this(id, request, options, GatewayListener.NOBODY, null, null, startedAt, deadline);
    }

    /** The same call with another request, of which nothing is known yet. */
    public Exchange withRequest(ChatRequest other) {
        return new Exchange(id, other, options, listener, null, null, startedAt, deadline);
    }

    /** The same call with other options; the listener stays. */
    public Exchange withOptions(CallOptions other) {
        return new Exchange(id, request, other, listener, prompt, fingerprint, startedAt, deadline);
    }

    /** The same call, of which another listener is told, too. */
    public Exchange alsoTelling(GatewayListener another) {
        return new Exchange(
                id, request, options, SafeListener.both(listener, another), prompt, fingerprint, startedAt, deadline);
    }

    /** The same call with the estimated size of its prompt. */
    public Exchange withPrompt(PromptEstimate estimate) {
        return new Exchange(id, request, options, listener, estimate, fingerprint, startedAt, deadline);
    }

    /** The same call with the fingerprint of its request. */
    public Exchange withFingerprint(RequestFingerprint made) {
        return new Exchange(id, request, options, listener, prompt, made, startedAt, deadline);
    }

    /** Whom the call belongs to. */
    public Caller caller() {
        return options.caller();
    }

    /**
     * Whether the deadline also ends a stream that has begun to tell its content. One that the caller has set does; the gateway's
     * usual one is for those who wait: a long answer that comes all the time is none that has to be given up.
     */
    public boolean endsStreams() {
        return options.timeout() != null || !request.stream();
    }

    /** The time left at {@code now}, a tick; zero or negative when there is none. */
    public Duration remaining(long now) {
        return Duration.ofNanos(deadline - now);
    }
}
