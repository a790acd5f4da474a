package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the provider writes into its books. */
final class BooksTest {

    /** Each word is a token, the label and "You said:" four more; the prompt has as many letters as 6 tokens, and 3 beside. */
    private static final String TEXT = "one two three four five";

    private static final int PROMPT = 9;
    private static final int WHOLE = 9;

    private final SimulatedProvider provider =
            SimulatedProvider.builder().name("acme").bills(2).start();
    private final TestClient client = new TestClient(provider);

    @AfterEach
    void close() {
        client.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void billsAWholeAnswerAsItIsReported(String path) throws Exception {
        JsonNode body = Json.MAPPER.readTree(
                client.postTo(path, "{\"max_tokens\":100," + chat(false).substring(1))
                        .body());

        JsonNode usage = body.path("usage");
        assertThat(usage.path("prompt_tokens").asInt(usage.path("input_tokens").asInt(0)))
                .isEqualTo(PROMPT);
        assertThat(usage.path("completion_tokens")
                        .asInt(usage.path("output_tokens").asInt(0)))
                .isEqualTo(WHOLE);
        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, WHOLE, 0, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void billsAStreamLikeAWholeAnswer(String path) throws Exception {
        client.postTo(path, "{\"max_tokens\":100," + chat(true).substring(1));

        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, WHOLE, 0, true));
    }

    @Test
    void billsThoughtsAndWhatWasCached() throws Exception {
        String prompt = "word ".repeat(2000);
        client.responses("{\"model\":\"model\",\"reasoning\":{\"effort\":\"high\"},\"input\":\"" + prompt + "\"}");

        Bill bill = bill();
        assertThat(bill.cached()).isPositive().isEqualTo(bill.input() / 2);
        assertThat(bill.reasoning()).isPositive().isLessThan(bill.output());
    }

    @Test
    void billsTheTokensThatWereEmbedded() throws Exception {
        client.postTo("/v1/embeddings", "{\"model\":\"vectors\",\"input\":[\"one two\",\"three\"]}");

        assertThat(bill()).isEqualTo(new Bill(null, "vectors", 3, 0, 0, 0, true));
    }

    static Stream<Fault> freeOfCharge() {
        return Stream.of(new Fault.ResetBeforeHeaders(), new Fault.Html(), new Fault.EmptyBody(), new Fault.Garbage());
    }

    @ParameterizedTest
    @MethodSource("freeOfCharge")
    void takesNothingWhereNoAnswerBegan(Fault fault) {
        ask(fault.asReply(), false);
        ask(fault.asReply(), true);
        ask(Reply.failure(503, Map.of()), true);

        assertThat(provider.billCount()).isZero();
    }

    @Test
    void billsAWholeAnswerThatIsLostOnItsWay() {
        ask(new Fault.ResetInBody().asReply(), false);
        ask(new Fault.TruncatedJson().asReply(), false);

        assertThat(provider.bills())
                .containsOnly(new Bill(null, "model", PROMPT, 0, WHOLE, 0, false))
                .hasSize(2);
    }

    /** The first event of a stream says only who speaks. */
    @Test
    void billsOfAStreamThatItBreaksWhatItHadProduced() {
        ask(new Fault.CloseMidStream(1).asReply(), true);
        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, 0, 0, false));

        ask(new Fault.ErrorEvent(5).asReply(), true);
        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, 4, 0, false));

        ask(new Fault.NoTerminator(Integer.MAX_VALUE).asReply(), true);
        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, WHOLE, 0, false));
    }

    @Test
    void billsAClientThatLeavesForWhatWasProducedByThen() throws Exception {
        provider.enqueue(new Fault.StallMidStream(3).asReply());
        try (InputStream stream = client.open(chat(true)).body()) {
            stream.readNBytes(10);
        }
        assertThat(provider.awaitDisconnect(Duration.ofSeconds(10))).isTrue();

        assertThat(bill()).isEqualTo(new Bill(null, "model", PROMPT, 0, 2, 0, false));
    }

    @Test
    void keepsTheLatestAndCountsAll() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.openai(TestClient.chat("model-" + i, TEXT, false));
        }

        assertThat(provider.bills()).extracting(Bill::model).containsExactly("model-1", "model-2");
        assertThat(provider.billCount()).isEqualTo(3);
    }

    private static String chat(boolean stream) {
        return TestClient.chat("model", TEXT, stream);
    }

    private void ask(Reply reply, boolean stream) {
        provider.enqueue(reply);
        try {
            client.openai(chat(stream));
        } catch (IOException | InterruptedException e) {
            assertThat(e).as("what a fault looks like").isInstanceOf(IOException.class);
        }
        awaitTheEnd();
    }

    private Bill bill() {
        awaitTheEnd();
        return provider.bills().getLast();
    }

    /** A client may have its answer a moment before the books have its bill. */
    private void awaitTheEnd() {
        long end = System.nanoTime() + TestClient.PATIENCE.toNanos();
        while (provider.answersInProgress() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
