package dev.llmgateway.server.http;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.records.Refused;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.InvalidJsonException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A chat call over HTTP, from the first byte to the last: read the body, decode it, ask the gateway, encode the answer,
 * write it. The status is decided when the first content has arrived, so what fails before has a status of its own; what
 * fails later becomes an error event.
 */
final class ChatEndpoint implements Handler {

    private static final ChatRequest NOT_READ = ChatRequest.builder("auto").build();

    private final DialectCodec codec;
    private final Gateway gateway;
    private final HttpTools tools;

    ChatEndpoint(DialectCodec codec, Gateway gateway, HttpTools tools) {
        this.codec = codec;
        this.gateway = gateway;
        this.tools = tools;
    }

    @Override
    public void handle(Context context) throws IOException {
        HttpServletRequest http = context.req();
        HttpServletResponse answer = context.res();
        CallerKeys.Found caller = tools.callers().find(http);
        if (caller.refusal() != null) {
            throw denied(caller.key(), http);
        }
        try {
            serve(http, answer, caller);
        } catch (HttpRefusal | InvalidRequestFormatException | InvalidJsonException e) {
            tellRefused(http, caller, e);
            throw e;
        }
    }

    private void tellRefused(HttpServletRequest http, CallerKeys.Found caller, RuntimeException why) {
        WireError error = ErrorMapping.of(why).error();
        tools.refused()
                .accept(new Refused(
                        HttpAnswers.requestId(http),
                        caller.callerOrDefault().tenant(),
                        new CallLabels(codec.dialect(), null, null),
                        error.status(),
                        error.message()));
    }

    private void serve(HttpServletRequest http, HttpServletResponse answer, CallerKeys.Found caller)
            throws IOException {
        try (BodyReader.Body body = tools.bodies().read(http)) {
            CallOptions said = CallHeaders.options(http, codec.dialect())
                    .requestId(HttpAnswers.requestId(http))
                    .virtualKey(caller.key())
                    .caller(caller.callerOrDefault())
                    .listener(new AnswerHeaders(answer, codec.dialect(), tools.clock()))
                    .build();
            ChatRequest request = tools.items().decode(codec, body.bytes(), said);
            try (OpenCall call = OpenCall.begin(tools.watcher(), connection(http))) {
                CallOptions options = said.withCancellation(call.cancellation());
                if (request.stream()) {
                    stream(request, options, call, answer);
                } else {
                    complete(request, options, call, answer);
                }
            }
        }
    }

    /**
     * Nobody's body is read. The gateway is told of the call all the same, so that it is counted and recorded: its own
     * authentication refuses it before anything looks at the request.
     */
    private RuntimeException denied(@Nullable String key, HttpServletRequest http) {
        Cancellation nothingIsAsked = new Cancellation();
        nothingIsAsked.cancel(new GatewayException.Cancelled("the call was denied"));
        gateway.chat(
                NOT_READ,
                CallOptions.builder()
                        .requestId(HttpAnswers.requestId(http))
                        .virtualKey(key)
                        .labels(new CallLabels(codec.dialect(), null, null))
                        .cancellation(nothingIsAsked)
                        .build());
        return new IllegalStateException("the gateway let a caller in whom the HTTP side had refused");
    }

    private void complete(ChatRequest request, CallOptions options, OpenCall call, HttpServletResponse answer)
            throws IOException {
        ChatResponse response = gateway.chat(request, options);
        byte[] body = codec.encodeResponse(response, request);
        tools.items().keep(request, options, response.origin(), body);
        call.close();
        HttpAnswers.origin(answer, response.origin(), AnswerLosses.of(response, request));
        HttpAnswers.write(answer, 200, HttpAnswers.JSON, body);
    }

    private void stream(ChatRequest request, CallOptions options, OpenCall call, HttpServletResponse answer)
            throws IOException {
        try (ChatStream stream = gateway.stream(request, options)) {
            ChatEvent first = stream.next();
            Origin origin = first instanceof ChatEvent.Started start ? start.origin() : null;
            HttpAnswers.origin(answer, origin);
            answer.setContentType("text/event-stream");
            answer.setHeader("cache-control", "no-cache");
            answer.setHeader("x-accel-buffering", "no");
            SseWriter writer = new SseWriter(
                    codec.eventEncoder(request),
                    tools.items().buffer(request, options, origin),
                    answer.getOutputStream(),
                    tools.ticker(),
                    call::clientLeft);
            call.streams(writer);
            relay(first, stream, writer, call, options.requestId());
        } catch (IOException e) {
            call.clientLeft();
        }
    }

    private static void relay(
            @Nullable ChatEvent first, ChatStream stream, SseWriter writer, OpenCall call, @Nullable String requestId)
            throws IOException {
        try {
            for (ChatEvent event = first; event != null; event = stream.next()) {
                writer.write(event, stream);
            }
            call.close();
            writer.finish();
        } catch (RuntimeException e) {
            call.close();
            if (!call.isClientGone()) {
                Failures.log(requestId, e);
                writer.fail(ErrorMapping.of(e).error());
            }
        }
    }

    /** What a request came over. */
    static Connection connection(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection();
    }
}
