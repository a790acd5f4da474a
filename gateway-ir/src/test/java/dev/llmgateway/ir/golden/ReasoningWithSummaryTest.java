package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Open models behind Responses tell what they thought and a summary of it. */
class ReasoningWithSummaryTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String SUMMARY = "'summary':[{'type':'summary_text','text':'short'}]";
    private static final String CONTENT = "'content':[{'type':'reasoning_text','text':'thought'}]";
    private static final ModelTraits LOCAL = ModelTraits.openAi().toBuilder()
            .acceptsOpenAiExtras(false)
            .reasoningField(ReasoningField.REASONING_CONTENT)
            .build();

    private static ChatRequest request(String reasoning) {
        String body = "{'model':'m','input':[{'role':'user','content':'hi'},{'type':'reasoning'," + reasoning
                + "},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c','output':'r'}]}";
        return RESPONSES.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'summary':[{'type':'summary_text','text':'short'}],'content':[{'type':'reasoning_text','text':'thought'}] | thought | input[].summary
        'summary':[],'content':[{'type':'reasoning_text','text':'thought'}] | thought | ~~
        'summary':[{'type':'summary_text','text':'short'}] | short | ~~
        'summary':[{'type':'summary_text','text':'a'},{'type':'summary_text','text':'b'}],'content':[{'type':'reasoning_text','text':'thought'}] | thought | input[].summary
        """)
    void theThoughtItselfGoesBackAndItsSummaryIsNamed(String reasoning, String told, String lost) {
        EncodedRequest sent = CHAT.encodeRequest(request(reasoning), new Target("p", "wire", LOCAL));

        assertThat(Json.parse(sent.body()).at("/messages/1/reasoning_content").stringValue(""))
                .isEqualTo(told);
        assertThat(String.join(",", sent.dropped())).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void bothAreToldInResponses(boolean anew) {
        ChatRequest asked = request(SUMMARY + "," + CONTENT);
        ChatRequest request =
                anew ? asked.toBuilder().decodedFrom(asked.dialect(), null).build() : asked;

        EncodedRequest sent = RESPONSES.encodeRequest(request, new Target("p", "wire", LOCAL));

        JsonNode item = Json.parse(sent.body()).at("/input/1");
        assertThat(item.at("/summary/0/text").stringValue("")).isEqualTo("short");
        assertThat(item.at("/content/0/text").stringValue("")).isEqualTo("thought");
        assertThat(item.path("summary").size() + item.path("content").size()).isEqualTo(2);
    }
}
