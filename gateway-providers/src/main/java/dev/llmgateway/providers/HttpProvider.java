package dev.llmgateway.providers;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.api.spi.ProviderConnections;
import dev.llmgateway.api.spi.ProviderService;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Any vendor over HTTP: the wire format, the addresses, the headers and the models' traits come with the {@link Upstream}.
 */
final class HttpProvider implements Provider {

    private final Upstream upstream;
    private final OkHttpClient client;
    private final ProviderService service;
    /** Calls whose answer is not complete. */
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;
    private volatile boolean retired;

    HttpProvider(Upstream upstream, OkHttpClient client) {
        this.upstream = upstream;
        this.client = client;
        this.service = new ProviderService(
                upstream.type().serviceName(),
                upstream.endpoints().host(),
                upstream.endpoints().port());
    }

    @Override
    public String id() {
        return upstream.id();
    }

    @Override
    public ProviderService service() {
        return service;
    }

    @Override
    public Dialect dialectOf(ChatRequest request, String model) {
        return upstream.target(request, model).dialect();
    }

    @Override
    public ProviderConnections connections() {
        ConnectionPool pool = client.connectionPool();
        int idle = pool.idleConnectionCount();
        return new ProviderConnections(Math.max(0, pool.connectionCount() - idle), idle);
    }

    @Override
    public ChatStream open(ProviderCall call) {
        EmbeddingLimits.check(upstream, call.request());
        SpokenTo target = upstream.target(call.request(), call.model());
        EncodedRequest encoded = encode(call, target);
        Upstream called = upstream.withKey(call.apiKey());
        Request request = ChatRequests.httpRequest(called, target.dialect(), call, encoded);
        Call http = start(request);
        call.cancellation().onCancel(http::cancel);
        Origin origin = new Origin(upstream.id(), call.model(), encoded.dropped());
        return new UpstreamCall(called, target, origin, call, http, () -> ended(http)).open();
    }

    private Call start(Request request) {
        Call http = client.newCall(request);
        running.add(http);
        if (closed) {
            http.cancel();
        }
        return http;
    }

    private void ended(Call http) {
        running.remove(http);
        if (retired && running.isEmpty()) {
            client.connectionPool().evictAll();
        }
    }

    private static EncodedRequest encode(ProviderCall call, SpokenTo target) {
        try {
            return target.codec().encodeRequest(call.request(), target.target());
        } catch (UntranslatableException unnamed) {
            UntranslatableException e = unnamed.inWordsOf(call.request().dialect());
            throw GatewayException.InvalidRequest.forTarget(e.param(), String.valueOf(e.getMessage()));
        }
    }

    /** {@inheritDoc} Azure lists no deployments: its list is the configured deployment, if any. A vendor that lists nothing failed. */
    @Override
    public List<ModelInfo> models(Duration timeout) {
        return new ModelLists(upstream, client).read(timeout);
    }

    @Override
    public void closeWhenIdle() {
        retired = true;
        if (running.isEmpty()) {
            client.connectionPool().evictAll();
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Call::cancel);
        client.connectionPool().evictAll();
    }
}
