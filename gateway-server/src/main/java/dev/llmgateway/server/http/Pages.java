package dev.llmgateway.server.http;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.json.JsonWriter;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The small answers beside the calls: health, metrics, the protocol's version, a page for people. */
final class Pages {

    private static final byte[] FRONT = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>llm-gateway</title>
            <h1>llm-gateway</h1>
            <p>This is an LLM gateway. Point OpenAI clients at <code>/v1</code> and Anthropic clients at this address.</p>
            <ul>
            <li><a href="/health">/health</a></li>
            <li><a href="/metrics">/metrics</a></li>
            <li><a href="/v1/models">/v1/models</a></li>
            </ul>
            </html>
            """.getBytes(StandardCharsets.UTF_8);

    private static final byte[] PPF = PpfVersion.OVERVIEW.getBytes(StandardCharsets.US_ASCII);

    private final HttpFront.Service service;
    private final IntSupplier port;
    private final Ticker ticker;
    private final long startedAt;

    /**
     * Pages about a service.
     *
     * @param port the port that is listened on; asked for when needed, because it is known late
     */
    Pages(HttpFront.Service service, IntSupplier port, Ticker ticker) {
        this.service = service;
        this.port = port;
        this.ticker = ticker;
        this.startedAt = ticker.read();
    }

    void front(Context context) throws IOException {
        HttpAnswers.write(context.res(), 200, "text/html;charset=utf-8", FRONT);
    }

    /** Claude Code asks whether anybody is there. */
    void hello(Context context) {
        context.res().setStatus(200);
    }

    void health(Context context) throws IOException {
        Duration uptime = Duration.ofNanos(ticker.read() - startedAt);
        JsonWriter json = new JsonWriter()
                .object()
                .text("status", "ok")
                .text("version", service.version())
                .number("uptime_secs", uptime.toSeconds())
                .number("port", port.getAsInt())
                .array("providers");
        service.catalog()
                .snapshot()
                .upstreams()
                .forEach(upstream -> json.text(upstream.provider().id()));
        HttpAnswers.json(context, 200, json.endArray().endObject().toBytes());
    }

    void metrics(Context context) throws IOException {
        byte[] text = service.metrics().scrape().getBytes(StandardCharsets.UTF_8);
        HttpAnswers.write(context.res(), 200, "text/plain; version=0.0.4; charset=utf-8", text);
    }

    void ppfVersion(Context context) throws IOException {
        HttpAnswers.json(context, 200, PPF);
    }
}
