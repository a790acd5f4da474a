package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Load generator and upstream against each other, over real sockets. */
class MockUpstreamTest {
    private MockUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new MockUpstream(0);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                upstream.serve();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void answersEveryRequestWithTheTextAskedFor(Dialect dialect) throws IOException {
        Workload workload = new Workload(dialect, 100 << 10, new Answer.Whole(100 << 10));

        LoadResult result = LoadGenerator.run(LoadPlan.ofRequests(upstream.port(), workload, dialect, 8, 100));

        assertThat(result.firstFailure()).isEmpty();
        assertThat(result.answered()).isEqualTo(100);
        assertThat(result.latencies()).hasSize(100).doesNotContain(0);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void streamsEveryEventInOrder(Dialect dialect) throws IOException {
        Workload workload = new Workload(dialect, 1 << 10, new Answer.Events(200, 0));

        LoadResult result = LoadGenerator.run(LoadPlan.ofRequests(upstream.port(), workload, dialect, 8, 40));

        assertThat(result.firstFailure()).isEmpty();
        assertThat(result.answered()).isEqualTo(40);
    }

    @Test
    void keepsThePaceOfAStream() throws IOException {
        Workload workload = new Workload(Dialect.OPENAI, 1 << 10, new Answer.Events(10, 20));

        LoadResult result = LoadGenerator.run(LoadPlan.ofRequests(upstream.port(), workload, Dialect.OPENAI, 50, 50));

        assertThat(result.answered()).isEqualTo(50);
        assertThat(result.latencyMicros(0)).isGreaterThan(10 * 20_000);
    }

    @Test
    void aWrongAnswerCountsAsFailed() throws IOException {
        Workload asksForText = new Workload(Dialect.OPENAI, 1 << 10, new Answer.Events(64, 0));
        Workload tooFew = new Workload(Dialect.OPENAI, 1 << 10, new Answer.Events(63, 0));
        EventOrderCheck expectingMore = (EventOrderCheck) asksForText.newCheck();
        MockAnswer answer =
                upstream.answer("POST /v1/chat/completions", tooFew.answer().model());
        answer.pieces().forEach(piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.duplicate().get(bytes);
            expectingMore.accept(bytes, 0, bytes.length);
        });

        assertThat(expectingMore.finish()).startsWith("the stream ended after 63 of 64 events");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void requestsAreValidJsonOfTheSizeAskedFor(Dialect dialect) {
        for (int size : new int[] {1 << 10, 100 << 10}) {
            String request = new String(
                    new Workload(dialect, size, new Answer.Events(200, 0)).request(dialect), StandardCharsets.US_ASCII);
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);

            JsonNode tree = JsonMapper.builder().build().readTree(body);
            assertThat(tree.path("model").asString()).isEqualTo("mock-" + dialect.label() + "/stream-200-0");
            assertThat(tree.path(dialect == Dialect.RESPONSES ? "input" : "messages")
                            .isArray())
                    .isTrue();
            assertThat((double) body.length()).isBetween(size * 0.99, size * 1.01);
        }
    }
}
