package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import tools.jackson.databind.JsonNode;

/**
 * Responses takes images and files in instructions, {@code system} of Anthropic and of Chat Completions is text; sound OpenAI takes
 * in Chat Completions alone.
 */
class MediaPlacesTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String IMAGE = "{'type':'input_image','image_url':'data:image/png;base64,AAAA'}";
    private static final String FILE =
            "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,AAAA'}";
    private static final String USER = "{'role':'user','content':'hi'}";
    private static final ModelTraits CLAUDE =
            ModelTraits.anthropic().toBuilder().acceptsMidInstructions(true).build();

    private static String developer(String part) {
        return "{'role':'developer','content':[{'type':'input_text','text':'Be brief.'}," + part + "]}";
    }

    private static EncodedRequest sent(DialectCodec to, ModelTraits traits, String... items) {
        String body = "{'model':'m','input':[" + String.join(",", items) + "]}";
        return to.encodeRequest(
                RESPONSES.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", traits));
    }

    private static JsonNode json(EncodedRequest sent) {
        assertThat(sent.dropped()).isEmpty();
        return Json.parse(sent.body());
    }

    private static String types(JsonNode content) {
        return content.isString()
                ? "text"
                : String.join(
                        " ",
                        content.valueStream()
                                .map(part -> part.path("type").stringValue(""))
                                .toList());
    }

    @Test
    void anImageOfTheFirstInstructionsIsInTheFirstUserTurn() {
        JsonNode claude = json(sent(MESSAGES, CLAUDE, developer(IMAGE), USER));
        assertThat(claude.path("system").toString()).contains("Be brief.").doesNotContain("image");
        assertThat(types(claude.at("/messages/0/content"))).isEqualTo("image");
        assertThat(claude.at("/messages/0/role").stringValue("")).isEqualTo("user");
        assertThat(claude.at("/messages/1/content").stringValue("")).isEqualTo("hi");

        JsonNode chat = json(sent(CHAT, ModelTraits.openAi(), developer(IMAGE), USER));
        assertThat(types(chat.at("/messages/0/content"))).isEqualTo("text");
        assertThat(types(chat.at("/messages/1/content"))).isEqualTo("image_url text");
    }

    @Test
    void aFileOfInstructionsInTheMiddleIsInAUserTurn() {
        JsonNode claude = json(sent(MESSAGES, CLAUDE, USER, developer(FILE)));
        assertThat(claude.path("messages")).hasSize(2);
        assertThat(claude.at("/messages/1/role").stringValue("")).isEqualTo("user");
        assertThat(types(claude.at("/messages/1/content"))).isEqualTo("text document");

        JsonNode chat = json(sent(CHAT, ModelTraits.openAi(), USER, developer(FILE)));
        assertThat(chat.at("/messages/1/role").stringValue("")).isEqualTo("developer");
        assertThat(types(chat.at("/messages/1/content"))).isEqualTo("text");
        assertThat(chat.at("/messages/2/role").stringValue("")).isEqualTo("user");
        assertThat(types(chat.at("/messages/2/content"))).isEqualTo("file");
    }

    @Test
    void nothingStandsBetweenACallAndItsResult() {
        String call = "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}";
        String result = "{'type':'function_call_output','call_id':'c','output':'r'}";

        JsonNode chat = json(sent(CHAT, ModelTraits.openAi(), USER, call, developer(IMAGE), result));

        int answered = roles(chat).indexOf("tool");
        assertThat(roles(chat).get(answered - 1)).isEqualTo("assistant");
        assertThat(roles(chat)).endsWith("user");
        assertThat(types(chat.path("messages")
                        .get(chat.path("messages").size() - 1)
                        .path("content")))
                .isEqualTo("image_url");
    }

    private static List<String> roles(JsonNode chat) {
        return chat.path("messages")
                .valueStream()
                .map(message -> message.path("role").stringValue(""))
                .toList();
    }

    @Test
    void soundIsRefusedWhereOpenAiTakesNone() {
        String sound = "{'model':'m','messages':[{'role':'user','content':[{'type':'input_audio',"
                + "'input_audio':{'data':'AAAA','format':'wav'}}]}]}";
        byte[] body = sound.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Target target = new Target("p", "wire", ModelTraits.openAi());

        assertThatThrownBy(() -> RESPONSES.encodeRequest(CHAT.decodeRequest(body), target))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("takes no sound");
        assertThat(CHAT.encodeRequest(CHAT.decodeRequest(body), target).dropped())
                .isEmpty();
    }

    @Test
    void aCallerOfChatCompletionsIsBelievedToKnow() {
        String system = "{'role':'system','content':[{'type':'text','text':'S'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}";
        String body = "{'model':'m','messages':[" + system + "," + USER + "]}";
        JsonNode chat = json(CHAT.encodeRequest(
                CHAT.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", ModelTraits.openAi())));

        assertThat(types(chat.at("/messages/0/content"))).isEqualTo("text image_url");
    }
}
