package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The semantic cache over HTTP, with a provider's embeddings. */
@Timeout(60)
final class SemanticCacheOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String EMBEDDINGS = "/embeddings";
    private static final String LONG_AGO = "Please tell me in a few words why the sky looks so blue on a clear summer ";

    private final TestServer server = TestServer.start("""
            [metrics]
            public = true
            [cache]
            enabled = true
            [cache.semantic]
            enabled = true
            similarity_threshold = 0.9
            embedder = "openai/text-embedding-3-small"
            timeout_ms = 300
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String path, String text, boolean stream, String... headers) {
        return server.post(path, """
                        {"model":"gpt-4o","temperature":0,"max_tokens":60,"stream":%s,
                         "messages":[{"role":"user","content":"%s"}]}""".formatted(stream, text), headers);
    }

    private HttpResponse<String> ask(String text, String... headers) {
        return ask(CHAT, text, false, headers);
    }

    /** Asks what was not asked before, and waits until it can be found. */
    private HttpResponse<String> teach(String text) {
        HttpResponse<String> answer = ask(text);
        while (!server.get("/v1/cache").body().contains("\"semantic\":{\"entries\":1,")) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static Optional<String> cache(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-gateway-cache");
    }

    private long count(String path) {
        return server.openAi.requests().stream()
                .filter(request -> request.path().endsWith(path))
                .count();
    }

    @Test
    void aSimilarRequestIsAnsweredFromTheCache() {
        HttpResponse<String> first = teach(LONG_AGO + "day");
        HttpResponse<String> second = ask(LONG_AGO + "morning");

        assertThat(cache(first)).isEmpty();
        assertThat(cache(second)).hasValue("semantic-hit");
        assertThat(second.body()).isEqualTo(first.body());
        double similarity = Double.parseDouble(
                second.headers().firstValue("x-gateway-semantic-similarity").orElseThrow());
        assertThat(similarity).isBetween(0.9, 0.999);
        assertThat(count(CHAT)).isOne();
        assertThat(count(EMBEDDINGS)).isEqualTo(2);
        assertThat(server.get("/metrics").body()).contains("kind=\"semantic\"");
    }

    @Test
    void aStreamOfTheOtherDialectIsAnsweredFromIt() {
        teach(LONG_AGO + "day");
        HttpResponse<String> second = ask(MESSAGES, LONG_AGO + "morning", true);

        assertThat(cache(second)).hasValue("semantic-hit");
        assertThat(second.body()).contains("event: message_stop").contains("summer");
    }

    @Test
    void numbersMustBeTheSame() {
        teach(LONG_AGO + "day at 10");

        assertThat(cache(ask(LONG_AGO + "day at 11"))).isEmpty();
        assertThat(cache(ask(LONG_AGO + "noon at 10"))).hasValue("semantic-hit");
    }

    @Test
    void anotherClassificationIsAnotherPartition() {
        teach(LONG_AGO + "day");

        assertThat(cache(ask(LONG_AGO + "morning", "x-data-classification", "public")))
                .isEmpty();
    }

    @Test
    void anEntryCanBePurged() {
        teach(LONG_AGO + "day");
        String entry = ask(LONG_AGO + "morning")
                .headers()
                .firstValue("x-gateway-cache-entry")
                .orElseThrow();

        assertThat(server.send(server.builder("/v1/cache/" + entry).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(cache(ask(LONG_AGO + "morning"))).isEmpty();
    }

    @Test
    void whatEmbeddingsCostIsCounted() throws Exception {
        teach(LONG_AGO + "day");
        ask(LONG_AGO + "evening");

        Eventually.assertThatSoon(() -> assertThat(server.get("/metrics").body())
                .containsPattern("gateway_embedding_tokens_total\\{provider=\"openai\"} [3-9][0-9]"));
    }

    @Test
    void anEmbedderThatFailsOrHangsIsAMiss() {
        teach(LONG_AGO + "day");
        server.openAi.byPath(EMBEDDINGS, Reply.failure(500));
        HttpResponse<String> failed = ask(LONG_AGO + "morning");
        server.openAi.byPath(EMBEDDINGS, new Fault.StallBeforeFirstByte().asReply());
        HttpResponse<String> hung = ask(LONG_AGO + "evening");

        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(cache(failed)).isEmpty();
        assertThat(hung.statusCode()).isEqualTo(200);
        assertThat(cache(hung)).isEmpty();
        assertThat(count(CHAT)).isEqualTo(3);
    }
}
