package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files and images by their address: told where the target fetches them, else refused at their place and never sent as something else. */
class MediaUrlsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    /** As OpenRouter documents it for Chat Completions. */
    private static final String FILE_OF_CHAT =
            "{'type':'file','file':{'filename':'a.pdf','file_data':'https://h/a.pdf'}}";

    private static final String FILE_OF_RESPONSES =
            "{'type':'input_file','filename':'a.pdf','file_data':'HTTPS://h/a.pdf'}";

    private static ChatRequest asked(DialectCodec from, String part) {
        String said = from == RESPONSES
                ? "'input':[{'role':'user','content':[{'type':'input_text','text':'hi'}," + part + "]}]"
                : "'max_tokens':99,'messages':[{'role':'user','content':[{'type':'text','text':'hi'}," + part + "]}]";
        return from.decodeRequest(
                ("{'model':'m'," + said + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static EncodedRequest sent(ChatRequest request, DialectCodec to) {
        ModelTraits traits = to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi();
        return to.encodeRequest(request, new Target("p", "wire", traits));
    }

    private static EncodedRequest sent(DialectCodec from, String part, DialectCodec to) {
        return sent(asked(from, part), to);
    }

    private static JsonNode part(EncodedRequest request) {
        JsonNode body = Json.parse(request.body());
        return body.path(body.has("input") ? "input" : "messages")
                .path(0)
                .path("content")
                .path(1);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void aFileWhoseDataIsItsAddressIsADocumentByUrlForAnthropic() {
        assertThat(part(sent(CHAT, FILE_OF_CHAT, MESSAGES)))
                .isEqualTo(json("{'type':'document','source':{'type':'url','url':'https://h/a.pdf'},'title':'a.pdf'}"));
        assertThat(part(sent(RESPONSES, FILE_OF_RESPONSES, MESSAGES)))
                .isEqualTo(json("{'type':'document','source':{'type':'url','url':'HTTPS://h/a.pdf'},'title':'a.pdf'}"));
    }

    /** OpenAI: "Mutually exclusive parameters ... Ensure you are only providing one of: 'file_id' or 'filename'", by URL too. */
    @Test
    void responsesIsToldTheAddressWithoutANameBesideIt() {
        EncodedRequest fromChat = sent(CHAT, FILE_OF_CHAT, RESPONSES);
        EncodedRequest fromMessages = sent(
                MESSAGES,
                "{'type':'document','source':{'type':'url','url':'https://h/a.pdf'},'title':'a.pdf'}",
                RESPONSES);
        EncodedRequest byId = sent(CHAT, "{'type':'file','file':{'file_id':'file-1','filename':'a.pdf'}}", RESPONSES);

        for (EncodedRequest request : List.of(fromChat, fromMessages)) {
            assertThat(part(request)).isEqualTo(json("{'type':'input_file','file_url':'https://h/a.pdf'}"));
        }
        assertThat(part(byId)).isEqualTo(json("{'type':'input_file','file_id':'file-1'}"));
        assertThat(fromChat.dropped()).containsExactly("messages[].content[].file.filename");
        assertThat(byId.dropped()).containsExactly("messages[].content[].file.filename");
        assertThat(fromMessages.dropped()).containsExactly("messages[].content[].title");
    }

    @Test
    void chatOfAnotherFormatsCallerRefusesItAtItsPlace() {
        assertThatThrownBy(() -> sent(RESPONSES, FILE_OF_RESPONSES, CHAT))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("input[0].content[1]: documents by URL are not fetched");
        assertThatThrownBy(() ->
                        sent(RESPONSES, "{'type':'input_file','filename':'a.pdf','file_url':'https://h/a.pdf'}", CHAT))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("input[0].content[1]: documents by URL are not fetched");
        assertThatThrownBy(() ->
                        sent(MESSAGES, "{'type':'document','source':{'type':'url','url':'https://h/a.pdf'}}", CHAT))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("messages[0].content[1]: documents by URL are not fetched");
    }

    @Test
    void withinOneFormatItPassesAsItWasSentAlsoWhenWrittenAnew() {
        ChatRequest chat = asked(CHAT, FILE_OF_CHAT);
        for (ChatRequest request : List.of(chat, chat.toBuilder().build())) {
            assertThat(part(sent(request, CHAT))).isEqualTo(json(FILE_OF_CHAT));
        }
        assertThat(part(sent(RESPONSES, FILE_OF_RESPONSES, RESPONSES))).isEqualTo(json(FILE_OF_RESPONSES));
    }

    /** A file's data stays data, however it begins. */
    @ParameterizedTest
    @ValueSource(strings = {"JVBERi0xLjQKaHR0cHM6Ly9oL2EucGRm", "https//aGVsbG8=", "JVBERi0xLjQKaHR0cHM6Ly9o"})
    void dataIsNoAddress(String data) {
        JsonNode source = part(sent(
                        CHAT, "{'type':'file','file':{'filename':'a.pdf','file_data':'" + data + "'}}", MESSAGES))
                .path("source");

        assertThat(source).isEqualTo(json("{'type':'base64','media_type':'application/pdf','data':'" + data + "'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iVBORw0KGgo=", "gs://b/i.png", "data:image/svg+xml,<svg/>", "/tmp/i.png"})
    void anImagesAddressThatIsNoneOfTheWebIsRefusedAtItsPlaceByOtherFormats(String url) {
        String chat = "{'type':'image_url','image_url':{'url':'" + url + "'}}";
        String responses = "{'type':'input_image','image_url':'" + url + "'}";
        assertRefused(CHAT, chat, MESSAGES, "messages[0].content[1]");
        assertRefused(CHAT, chat, RESPONSES, "messages[0].content[1]");
        assertRefused(RESPONSES, responses, MESSAGES, "input[0].content[1]");
        assertRefused(RESPONSES, responses, CHAT, "input[0].content[1]");
        assertThat(part(sent(CHAT, chat, CHAT))).isEqualTo(json(chat));
        assertThat(part(sent(RESPONSES, responses, RESPONSES))).isEqualTo(json(responses));
    }

    @Test
    void aFilesAddressThatIsNoneOfTheWebIsRefusedToo() {
        assertRefused(
                CHAT,
                "{'type':'file','file':{'filename':'a.pdf','file_data':'gs://b/a.pdf'}}",
                MESSAGES,
                "messages[0].content[1]");
        assertRefused(
                RESPONSES, "{'type':'input_file','file_url':'file:///etc/passwd'}", MESSAGES, "input[0].content[1]");
    }

    @Test
    void thePlaceIsThatOfTheResultOfATool() {
        ChatRequest request = MESSAGES.decodeRequest(
                ("{'model':'m','max_tokens':99,'messages':[{'role':'user','content':'gs://b/i.png'},"
                                + "{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':["
                                + "{'type':'text','text':'gs://b/i.png'},"
                                + "{'type':'image','source':{'type':'url','url':'gs://b/i.png'}}]}]}]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));

        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThatThrownBy(() -> sent(request, to))
                    .isInstanceOf(UntranslatableException.class)
                    .hasMessageStartingWith("messages[2].content[0].content[1]: ");
        }
    }

    private static void assertRefused(DialectCodec from, String part, DialectCodec to, String place) {
        assertThatThrownBy(() -> sent(from, part, to))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith(place + ": ")
                .hasMessageContaining("an http or https URL, or a data URL with Base64");
    }
}
