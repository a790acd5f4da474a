package dev.llmgateway.compliance.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a conversation that is sent back says about places in its texts is right for the texts that the provider reads. */
class CitedHistoryTest {

    private static final String MAIL = "jane.longname@example.org";
    private static final String MASK = "[REDACTED:email]";
    private static final List<String> SAID =
            List.of("Ask " + MAIL + ", ", "it rains. ", MAIL + " ", " \uD83C\uDF27 ", "or ", "(" + MAIL + ") ");

    private static final ComplianceStage REDACTING = ComplianceStage.builder()
            .sanitizeRequests(Scanner.defaults(), Actions.all(Action.REDACT))
            .build();

    private static JsonNode sent(DialectCodec codec, ModelTraits traits, String body) {
        ChatRequest request = codec.decodeRequest(body.getBytes(StandardCharsets.UTF_8));
        Exchange exchange = new Exchange(
                "r", request, CallOptions.defaults(), new GatewayListener() {}, null, null, 0, Long.MAX_VALUE);
        List<ChatRequest> sanitized = new ArrayList<>();
        REDACTING.intercept(exchange, it -> {
            sanitized.add(it.request());
            return new ChatStream() {
                @Override
                public @Nullable ChatEvent next() {
                    return null;
                }

                @Override
                public void close() {}
            };
        });
        return Json.parse(codec.encodeRequest(sanitized.getFirst(), new Target("p", "m", traits))
                .body());
    }

    private static String texts(String type, List<Integer> said) {
        List<String> parts = new ArrayList<>();
        said.forEach(it -> parts.add("{\"type\":\"" + type + "\",\"text\":\"" + SAID.get(it) + "\"}"));
        return String.join(",", parts);
    }

    private static JsonNode sentOfChat(String content, int start, int end) {
        return sent(new OpenAiChatCodec(), ModelTraits.openAi(), """
                {"model":"m","messages":[{"role":"user","content":"Where?"},{"role":"assistant","content":%s,"annotations":[
                {"type":"url_citation","url_citation":{"url":"https://a.example/","title":"A","start_index":%d,"end_index":%d}}]},
                {"role":"user","content":"Go on"}]}""".formatted(content, start, end))
                .at("/messages/1");
    }

    private static String cited(String text, JsonNode citation) {
        return text.substring(
                citation.path("start_index").asInt(), citation.path("end_index").asInt());
    }

    /** Chat counts places in all texts of a message. */
    @Property
    void aCitationOfChatIsAboutTheSameWords(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> said,
            @ForAll @IntRange(max = 5) int chosen) {
        int cited = chosen % said.size();
        int start =
                said.stream().limit(cited).mapToInt(it -> SAID.get(it).length()).sum();
        String words = SAID.get(said.get(cited));

        JsonNode message = sentOfChat("[" + texts("text", said) + "]", start, start + words.length());

        StringBuilder text = new StringBuilder(message.path("content").asString(""));
        message.path("content")
                .values()
                .forEach(it -> text.append(it.path("text").asString()));
        assertThat(cited(text.toString(), message.at("/annotations/0/url_citation")))
                .isEqualTo(words.replace(MAIL, MASK));
    }

    /** Responses counts them in each. */
    @Property
    void aCitationOfResponsesIsAboutTheSameWords(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 5) Integer> said,
            @ForAll @IntRange(max = 5) int chosen) {
        int cited = chosen % said.size();
        int start =
                said.stream().limit(cited).mapToInt(it -> SAID.get(it).length()).sum();
        String words = SAID.get(said.get(cited));
        String text = String.join("", said.stream().map(SAID::get).toList());

        JsonNode parts = sent(new OpenAiResponsesCodec(), ModelTraits.openAi(), """
                {"model":"m","input":[{"role":"user","content":"Where?"},{"type":"message","role":"assistant","content":[
                {"type":"output_text","text":"By %s"},{"type":"output_text","text":"%s","annotations":[{"type":"url_citation",
                "url":"https://a.example/","title":"A","start_index":%d,"end_index":%d}]}]}]}""".formatted(
                                MAIL, text, start, start + words.length()))
                .at("/input/1/content");

        assertThat(cited(parts.at("/1/text").asString(), parts.at("/1/annotations/0")))
                .isEqualTo(words.replace(MAIL, MASK));
    }

    @Test
    void aPlaceInsideOfWhatIsReplacedBecomesAllThatStandsForIt() {
        String said = "Ask " + MAIL + ", it rains.";

        JsonNode message = sentOfChat("\"" + said + "\"", said.indexOf("longname"), said.indexOf(", it"));

        assertThat(cited(message.path("content").asString(), message.at("/annotations/0/url_citation")))
                .isEqualTo(MASK);
    }

    private static JsonNode sentOfAnthropic(String document, int start, String words) {
        int end = start + words.codePointCount(0, words.length());
        return sent(new AnthropicMessagesCodec(), ModelTraits.anthropic(), """
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text",
                "media_type":"text/plain","data":"First"}},{"type":"document","source":{"type":"text","media_type":"text/plain",
                "data":"%s"},"citations":{"enabled":true}},{"type":"text","text":"Where?"}]},{"role":"assistant","content":[{"type":
                "text","text":"There","citations":[{"type":"char_location","cited_text":"%s","document_index":1,"document_title":
                null,"start_char_index":%d,"end_char_index":%d}]}]},{"role":"user","content":"Go on"}]}""".formatted(document, words, start, end));
    }

    private static String citedByAnthropic(JsonNode sent) {
        String text = sent.at("/messages/0/content/1/source/data").asString();
        JsonNode citation = sent.at("/messages/1/content/0/citations/0");
        assertThat(citation.path("document_index").asInt()).isEqualTo(1);
        return text.substring(
                text.offsetByCodePoints(0, citation.path("start_char_index").asInt()),
                text.offsetByCodePoints(0, citation.path("end_char_index").asInt()));
    }

    /** Anthropic counts characters, not units of UTF-16, in a document of the request. */
    @Test
    void aCitationOfAnthropicIsAboutTheSameWordsOfTheDocument() {
        String document = "\uD83C\uDF27 Ask " + MAIL + ", it \uD83C\uDF27 rains.";

        JsonNode words = sentOfAnthropic(document, document.indexOf("rains") - 2, "rains");
        JsonNode mail = sentOfAnthropic(document, document.indexOf(MAIL) - 1, MAIL);

        assertThat(citedByAnthropic(words)).isEqualTo("rains");
        assertThat(citedByAnthropic(mail)).isEqualTo(MASK);
        assertThat(mail.at("/messages/1/content/0/citations/0/cited_text").asString())
                .isEqualTo(MASK);
    }

    /** Its answer was about the document that it has read, which was the sanitized one. */
    @Test
    void aCitationOfAnthropicThatIsRightAlreadyStays() {
        String document = "Ask " + MAIL + ", it rains.";
        int start = document.replace(MAIL, MASK).indexOf("rains");

        assertThat(citedByAnthropic(sentOfAnthropic(document, start, "rains"))).isEqualTo("rains");
    }
}
