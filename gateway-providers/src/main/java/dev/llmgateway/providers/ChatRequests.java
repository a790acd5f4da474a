package dev.llmgateway.providers;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.TraceContext;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.EncodedRequest;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Chat requests as HTTP. */
final class ChatRequests {

    static final String ANTHROPIC_VERSION = "anthropic-version";
    private static final String ANTHROPIC_BETA = "anthropic-beta";
    /** Whom the caller serves; Anthropic holds this one to what he does, not the whole account. */
    private static final String ANTHROPIC_USER_PROFILE = "anthropic-user-profile-id";

    private static final String OPENAI_BETA = "openai-beta";
    private static final MediaType JSON = MediaType.get("application/json");

    private ChatRequests() {}

    static Request httpRequest(Upstream upstream, Dialect dialect, ProviderCall call, EncodedRequest encoded) {
        Request.Builder http = new Request.Builder()
                .url(upstream.endpoints().calls(dialect, call.model()))
                .headers(upstream.headers())
                .header("accept", call.request().stream() ? "text/event-stream" : "application/json")
                .post(new SentBody(encoded.body(), JSON));
        encoded.headers().forEach(http::header);
        if (call.request().dialect() == dialect) {
            callersHeaders(dialect, call, encoded, http);
        }
        callersTrace(call.trace(), http);
        return http.build();
    }

    private static void callersHeaders(
            Dialect dialect, ProviderCall call, EncodedRequest encoded, Request.Builder http) {
        switch (dialect) {
            case ANTHROPIC_MESSAGES -> {
                callersVersion(call, http);
                callersBetas(call.headers(), encoded.headers().get(ANTHROPIC_BETA), http);
                callersOwn(ANTHROPIC_USER_PROFILE, call, http);
            }
            case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> callersOwn(OPENAI_BETA, call, http);
        }
    }

    private static void callersOwn(String name, ProviderCall call, Request.Builder http) {
        String wanted = call.headers().get(name);
        if (wanted != null) {
            http.header(name, checked(name, wanted));
        }
    }

    private static void callersTrace(@Nullable TraceContext trace, Request.Builder http) {
        if (trace != null) {
            http.header(TraceContext.HEADER, trace.header());
            if (trace.state() != null) {
                http.header(TraceContext.STATE_HEADER, trace.state());
            }
        }
    }

    /** A body that goes out as the caller wrote it was written for the caller's version. */
    private static void callersVersion(ProviderCall call, Request.Builder http) {
        ChatRequest request = call.request();
        String version = call.headers().get(ANTHROPIC_VERSION);
        if (version != null && request.wire() != null) {
            http.header(ANTHROPIC_VERSION, checked(ANTHROPIC_VERSION, version));
        }
    }

    private static void callersBetas(Map<String, String> callers, @Nullable String required, Request.Builder http) {
        String wanted = callers.get(ANTHROPIC_BETA);
        if (wanted != null) {
            String all = required == null ? wanted : required + "," + wanted;
            http.header(ANTHROPIC_BETA, checked(ANTHROPIC_BETA, all));
        }
    }

    private static String checked(String header, String value) {
        if (!HeaderValues.isValid(value)) {
            throw new GatewayException.InvalidRequest(header, header + ": a header holds printable ASCII only");
        }
        return value;
    }
}
