package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.server.analytics.Table;
import dev.llmgateway.server.analytics.TabularView;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table that breaks off is never taken for a whole one. */
class TabularEndpointTest {

    /** A table whose rows can be read up to one of them. */
    private record Breaking(int row) implements TabularView {

        @Override
        public byte[] json(Map<String, List<String>> parameters) {
            return new JsonWriter().object().endObject().toBytes();
        }

        @Override
        public Table table(Map<String, List<String>> parameters) {
            return new Table(
                    "rows",
                    List.of("n"),
                    IntStream.range(0, 100_000).mapToObj(this::bytes).iterator());
        }

        private byte[] bytes(int n) {
            if (n == row) {
                throw new IllegalStateException("the store is gone");
            }
            return new JsonWriter().object().number("n", n).endObject().toBytes();
        }
    }

    private static HttpResponse<String> ask(int breaksAt) throws IOException, InterruptedException {
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.routes.get("/rows", new TabularEndpoint(new Breaking(breaksAt)));
                })
                .start("127.0.0.1", 0);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/rows"))
                            .header("accept", "text/csv")
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } finally {
            server.stop();
        }
    }

    @Test
    void aLongTableComesWhole() throws Exception {
        assertThat(ask(-1).body().lines()).hasSize(100_001).last().isEqualTo("99999");
    }

    @Test
    void aTableThatBreaksOffEndsWithItsConnection() {
        assertThatThrownBy(() -> ask(90_000)).isInstanceOf(IOException.class);
    }

    @Test
    void aTableThatBreaksOffBeforeAnythingWasSentIsAnError() throws Exception {
        assertThat(ask(3).statusCode()).isEqualTo(500);
    }
}
