package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventOrderCheckTest {
    private final EventOrderCheck check = new EventOrderCheck(3, Dialect.OPENAI);

    @Test
    void acceptsACompleteStreamHoweverItIsSplit() {
        String stream = "data: #0001# a\n\ndata: #0002# b # 12 #\n\ndata: #0003# c\n\ndata: [DONE]\n\n";
        for (int size = 1; size < stream.length(); size++) {
            for (int at = 0; at < stream.length(); at += size) {
                feed(stream.substring(at, Math.min(stream.length(), at + size)));
            }
            assertThat(check.finish()).isNull();
        }
    }

    @Test
    void reportsALostEvent() {
        feed("#0001# #0003# [DONE]");

        assertThat(check.finish()).isEqualTo("event 3 came after event 1");
    }

    @Test
    void reportsARepeatedEvent() {
        feed("#0001# #0002# #0002# #0003# [DONE]");

        assertThat(check.finish()).isEqualTo("event 2 came after event 2");
    }

    @Test
    void reportsAStreamThatEndsEarly() {
        feed("#0001# #0002# [DONE]");

        assertThat(check.finish()).startsWith("the stream ended after 2 of 3 events");
    }

    @Test
    void reportsAMissingTerminator() {
        feed("#0001# #0002# #0003#");

        assertThat(check.finish()).isEqualTo("the stream lacks its terminator [DONE]");
    }

    @Test
    void startsAfreshAfterEachAnswer() {
        feed("#0002#");
        assertThat(check.finish()).isNotNull();
        feed("#0001# #0002# #0003# [DONE]");

        assertThat(check.finish()).isNull();
    }

    @Test
    void acceptsATextThatIsToldAgainAtTheEnd() {
        EventOrderCheck responses = new EventOrderCheck(3, Dialect.RESPONSES);
        String end = "event: response.completed\ndata: " + "#0001# #0002# #0003#".repeat(20);
        feed(responses, "#0001# #0002# #0003#\n\n#0001# #0002# #0003#\n\n" + end);

        assertThat(responses.finish()).isNull();
        feed(responses, "#0001# #0001# #0002# #0003#\n\n" + end);
        assertThat(responses.finish()).isEqualTo("event 1 came after event 1");
    }

    private void feed(String text) {
        feed(check, text);
    }

    private static void feed(EventOrderCheck check, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        check.accept(bytes, 0, bytes.length);
    }
}
