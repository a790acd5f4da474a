package dev.llmgateway.bench;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The yardstick: the least that a proxy made of the gateway's own parts does. Javalin on virtual threads takes the
 * request, Jackson parses it to a tree and writes it again, OkHttp sends it; the answer, or every event of it, is parsed
 * and written again, one flush per event. No routing, limits, records or error handling.
 *
 * <p>Runs as a process of its own: {@code BareProxy PORT UPSTREAM_PORT [--timeouts]}; with the flag OkHttp's own
 * timeouts are on, as a plain program would have them.
 */
final class BareProxy {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String DATA = "data: ";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final OkHttpClient client;
    private final String upstream;

    private BareProxy(int upstreamPort, boolean timeouts) {
        this.upstream = "http://127.0.0.1:" + upstreamPort;
        int seconds = timeouts ? 60 : 0;
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(2_000, 5, TimeUnit.MINUTES))
                .connectTimeout(seconds, TimeUnit.SECONDS)
                .readTimeout(seconds, TimeUnit.SECONDS)
                .writeTimeout(seconds, TimeUnit.SECONDS)
                .callTimeout(seconds, TimeUnit.SECONDS)
                .build();
    }

    public static void main(String[] args) {
        BareProxy proxy = new BareProxy(Integer.parseInt(args[1]), List.of(args).contains("--timeouts"));
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.http.maxRequestSize = 32L << 20;
                    for (Dialect dialect : Dialect.values()) {
                        config.routes.post(dialect.path(), proxy::forward);
                    }
                })
                .start("127.0.0.1", Integer.parseInt(args[0]));
    }

    private void forward(Context context) throws IOException {
        byte[] body = reserialised(context.bodyAsBytes());
        Request request = new Request.Builder()
                .url(upstream + context.path())
                .header("Authorization", String.valueOf(context.header("Authorization")))
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            context.status(response.code());
            String type = response.header("Content-Type", "application/json");
            context.contentType(String.valueOf(type));
            if (String.valueOf(type).startsWith("text/event-stream")) {
                relay(response.body().source(), context.res().getOutputStream());
            } else {
                context.result(reserialised(response.body().bytes()));
            }
        }
    }

    private void relay(BufferedSource source, OutputStream client) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream(512);
        @Nullable String line = source.readUtf8Line();
        while (line != null) {
            if (line.startsWith(DATA + "{")) {
                event.writeBytes(DATA.getBytes(StandardCharsets.US_ASCII));
                event.writeBytes(reserialised(line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8)));
            } else {
                event.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            }
            event.write('\n');
            if (line.isEmpty()) {
                event.writeTo(client);
                client.flush();
                event.reset();
            }
            line = source.readUtf8Line();
        }
    }

    private byte[] reserialised(byte[] json) {
        return mapper.writeValueAsBytes(mapper.readTree(json));
    }
}
