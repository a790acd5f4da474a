package dev.llmgateway.providers;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * One request on its way to a provider: sends it and turns what comes back into a stream, whatever that is. A provider
 * that streams unasked, or that answers whole although it was asked to stream, is understood as well.
 */
final class UpstreamCall {

    private static final int MOST_ERROR_BYTES = 64 * 1024;

    private final Upstream upstream;
    private final SpokenTo target;
    private final Origin origin;
    private final ChatRequest request;
    private final Cancellation cancellation;
    private final Consumer<RateLimits> rateLimits;
    private final Call http;
    private final Runnable whenOver;

    /**
     * A call that is ready to be sent.
     *
     * @param origin what the answer is stamped with
     * @param call ends it, and is told of the provider's limits
     * @param whenOver runs once the answer is complete, broken or given up, possibly more than once
     */
    UpstreamCall(Upstream upstream, SpokenTo target, Origin origin, ProviderCall call, Call http, Runnable whenOver) {
        this.upstream = upstream;
        this.target = target;
        this.origin = origin;
        this.request = call.request();
        this.cancellation = call.cancellation();
        this.rateLimits = call.rateLimits();
        this.http = http;
        this.whenOver = whenOver;
    }

    /** Sends the request and waits for the answer to begin; an answer that is no stream is read to its end. */
    ChatStream open() {
        Response response = execute();
        try {
            return answer(response);
        } catch (IOException e) {
            GatewayException why = failure(upstream.failures().insideAnswer(e));
            abandon(response);
            throw why;
        } catch (RuntimeException | Error e) {
            abandon(response);
            throw e;
        }
    }

    private Response execute() {
        try {
            return http.execute();
        } catch (IOException e) {
            whenOver.run();
            if (http.request().body() instanceof SentBody body && !body.isSent()) {
                cancellation.preventedSending();
            }
            throw failure(upstream.failures().beforeAnswer(e));
        } catch (RuntimeException | Error e) {
            whenOver.run();
            throw e;
        }
    }

    private ChatStream answer(Response response) throws IOException {
        RateLimits limits = RateLimitHeaders.read(response.headers(), upstream.instant());
        if (limits != null) {
            rateLimits.accept(limits);
        }
        int status = response.code();
        if (status >= 400) {
            BufferedSource source = response.body().source();
            source.request(MOST_ERROR_BYTES);
            long size = Math.min(MOST_ERROR_BYTES, source.getBuffer().size());
            throw upstream.failures().status(status, response.headers(), source.readByteArray(size));
        }
        if (status >= 300) {
            throw upstream.failures().noAnswer("answered with a redirect, which is not followed");
        }
        return switch (BodyKind.of(response)) {
            case EVENTS -> new SseChatStream(this, response);
            case JSON -> whole(response);
            case HTML -> throw upstream.failures().noAnswer("answered with a page of HTML: check its endpoint");
            case EMPTY -> throw upstream.failures().noAnswer("answered with nothing");
        };
    }

    private ChatStream whole(Response response) throws IOException {
        byte[] body = read(response, upstream.maxAnswerBytes());
        ChatResponse answer = decode(response, body);
        response.close();
        whenOver.run();
        return new ListChatStream(ResponseUnfolder.unfold(answer.answeredBy(origin, upstream.now())));
    }

    private byte[] read(Response response, int most) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(most + 1L)) {
            throw upstream.failures().malformed("answered with more than " + most + " bytes", null);
        }
        return source.readByteArray();
    }

    private ChatResponse decode(Response response, byte[] body) {
        try {
            ChatResponse answer = target.codec().decodeResponse(body, target.target());
            EmbeddingLimits.check(answer, request);
            return answer;
        } catch (ProviderStreamException e) {
            throw upstream.failures().reported(e.error(), response.headers(), body);
        } catch (MalformedAnswerException e) {
            throw upstream.failures().malformed("answered with something that is no answer: " + e.getMessage(), e);
        }
    }

    /** What the reader is told: why the call was ended, when it was, and else {@code failure}. */
    GatewayException failure(GatewayException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return cancellation.reasonOr(new GatewayException.Cancelled("the calling thread was interrupted"));
        }
        return http.isCanceled()
                ? cancellation.reasonOr(new GatewayException.Cancelled("the stream or its provider was closed"))
                : cancellation.reasonOr(failure);
    }

    /** Ends the call without waiting for the rest of its answer: closes the socket. */
    void abandon(Response response) {
        http.cancel();
        finish(response);
    }

    /** The answer is complete: what little is left is read, so that the connection can be used again. */
    void finish(Response response) {
        response.close();
        whenOver.run();
    }

    /** Closes the socket, which wakes a thread that reads from it. */
    void cancel() {
        http.cancel();
    }

    Upstream upstream() {
        return upstream;
    }

    EventDecoder eventDecoder() {
        return target.codec().eventDecoder(target.target());
    }

    /** The start of the answer as the gateway passes it on. */
    ChatEvent.Started stamped(ChatEvent.Started start) {
        return start.answeredBy(origin, upstream.now());
    }
}
