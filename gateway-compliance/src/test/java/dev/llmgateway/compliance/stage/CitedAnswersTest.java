package dev.llmgateway.compliance.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an answer says about places in its text is right for the text that the caller reads. */
class CitedAnswersTest {

    private static final String MAIL = "jane.longname@example.org";
    private static final Actions REDACT = Actions.all(Action.REDACT);
    private static final Interceptor GATE = GateStage.of(Scanner.defaults(), REDACT);
    private static final Interceptor RESTORING = ComplianceStage.builder()
            .sanitizeRequests(Scanner.defaults(), REDACT)
            .restore(true)
            .build();
    private static final Target TARGET = new Target("p", "m", ModelTraits.openAi());

    private static List<ChatEvent> ofChat(String text, String word) {
        return ResponseUnfolder.unfold(new OpenAiChatCodec()
                .decodeResponse(bytes("""
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":
                {"role":"assistant","content":"%s","annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/",
                "title":"A",%s}}]}}]}""".formatted(text, range(text, word))), TARGET));
    }

    private static List<ChatEvent> ofResponses(String text, String type, String places) {
        return ResponseUnfolder.unfold(
                new OpenAiResponsesCodec().decodeResponse(bytes("""
                {"id":"r","object":"response","created_at":1,"model":"m","status":"completed","output":[{"type":"message","id":"msg_1",
                "role":"assistant","status":"completed","content":[{"type":"output_text","text":"%s","annotations":[{"type":"%s",
                "url":"https://a.example/","title":"A",%s}]}]}]}""".formatted(text, type, places)), TARGET));
    }

    private static String range(String text, String word) {
        int start = text.indexOf(word);
        return "\"start_index\":" + start + ",\"end_index\":" + (start + word.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ChatStream through(Interceptor stage, List<ChatEvent> events) {
        ChatRequest request = ChatRequest.builder("auto")
                .message(Message.user("Write to " + MAIL))
                .build();
        Exchange exchange = new Exchange(
                "r", request, CallOptions.defaults(), new GatewayListener() {}, null, null, 0, Long.MAX_VALUE);
        Iterator<ChatEvent> left = events.iterator();
        return stage.intercept(exchange, sanitized -> new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        });
    }

    private static Content.Text text(ChatStream answer) {
        return (Content.Text) answer.collect().first().content().getFirst();
    }

    private static JsonNode citation(Content.Text text, Dialect dialect) {
        JsonNode citation = text.extras().member(dialect, "annotations").path(0);
        return dialect == Dialect.OPENAI_CHAT ? citation.path("url_citation") : citation;
    }

    private static String cited(Content.Text text, Dialect dialect) {
        JsonNode citation = citation(text, dialect);
        return text.text()
                .substring(
                        citation.path("start_index").asInt(),
                        citation.path("end_index").asInt());
    }

    @Test
    void aWholeAnswerCitesTheSameWord() {
        String said = "Ask " + MAIL + ", it rains.";

        Content.Text chat = text(through(GATE, ofChat(said, "rains")));
        Content.Text responses = text(through(GATE, ofResponses(said, "url_citation", range(said, "rains"))));

        assertThat(chat.text()).isEqualTo("Ask [REDACTED], it rains.");
        assertThat(cited(chat, Dialect.OPENAI_CHAT)).isEqualTo("rains");
        assertThat(cited(responses, Dialect.OPENAI_RESPONSES)).isEqualTo("rains");
    }

    @Test
    void whereTheCallersOwnValuesStandAgainTheSameWordIsCited() {
        String said = "Ask [REDACTED:email:1], it rains.";

        Content.Text chat = text(through(RESTORING, ofChat(said, "rains")));
        Content.Text responses = text(through(RESTORING, ofResponses(said, "url_citation", range(said, "rains"))));
        Content.Text ofValue = text(through(RESTORING, ofChat(said, "email:1], it")));

        assertThat(chat.text()).isEqualTo("Ask " + MAIL + ", it rains.");
        assertThat(cited(chat, Dialect.OPENAI_CHAT)).isEqualTo("rains");
        assertThat(cited(responses, Dialect.OPENAI_RESPONSES)).isEqualTo("rains");
        assertThat(cited(ofValue, Dialect.OPENAI_CHAT)).isEqualTo(MAIL + ", it");
    }

    @Test
    void theOnePlaceOfAFileMovesToo() {
        String said = "Ask " + MAIL + ", it rains.";
        String place = "\"file_id\":\"f\",\"index\":" + said.indexOf("rains");

        Content.Text text = text(through(GATE, ofResponses(said, "file_citation", place)));

        assertThat(citation(text, Dialect.OPENAI_RESPONSES).path("index").asInt())
                .isEqualTo(text.text().indexOf("rains"));
    }

    @Test
    void anAnswerThatNothingIsTakenOutOfLeavesAsItCame() {
        List<ChatEvent> events = ofChat("Ask her, it rains.", "rains");

        List<ChatEvent> passed = new ArrayList<>();
        through(GATE, events).forEach(passed::add);

        assertThat(passed).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            assertThat(passed.get(i)).isSameAs(events.get(i));
        }
    }

    /** Chat's places are in all texts of the choice, whatever else stands between those. */
    @Test
    void aStreamOfChatIsCitedAcrossItsTexts() {
        String said = "Ask " + MAIL + ", or " + MAIL + ", it rains.";
        int middle = said.indexOf(", or") + 4;
        List<ChatEvent> events = new ArrayList<>(List.of(
                new ChatEvent.Started("a", "m", 1, null, null, Wire.NONE),
                new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE),
                new ChatEvent.TextDelta(0, 0, said.substring(0, middle), Wire.NONE),
                new ChatEvent.PartEnded(0, 0, Wire.NONE),
                new ChatEvent.PartStarted(0, 1, new Content.Refusal(""), Wire.NONE),
                new ChatEvent.RefusalDelta(0, 1, "Not " + MAIL, Wire.NONE),
                new ChatEvent.PartEnded(0, 1, Wire.NONE),
                new ChatEvent.PartStarted(0, 2, new Content.Text(""), Wire.NONE),
                new ChatEvent.TextDelta(0, 2, said.substring(middle), Wire.NONE)));
        String annotation = "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example/\","
                + range(said, "rains") + "}}";
        events.add(new ChatEvent.VendorDelta(0, 2, Dialect.OPENAI_CHAT, Json.parse(annotation), Wire.NONE));
        events.add(new ChatEvent.PartEnded(0, 2, Wire.NONE));

        List<Content> parts = through(GATE, events).collect().first().content();

        String all = ((Content.Text) parts.get(0)).text() + ((Content.Text) parts.get(2)).text();
        JsonNode places = citation((Content.Text) parts.get(2), Dialect.OPENAI_CHAT);
        assertThat(all.substring(
                        places.path("start_index").asInt(),
                        places.path("end_index").asInt()))
                .isEqualTo("rains");
    }
}
