package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a tool's arguments, which each vendor takes in its own subset. */
class ToolSchemasTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static EncodedRequest sent(DialectCodec from, DialectCodec to, ModelTraits traits, String tool) {
        String said = from == RESPONSES ? "'input':'hi'" : "'messages':[{'role':'user','content':'hi'}]";
        String body = "{'model':'m','max_tokens':100," + said + ",'tools':[" + tool + "]}";
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(bytes), new Target("p", "wire", traits));
    }

    private static JsonNode schema(EncodedRequest request) {
        JsonNode tool = Json.parse(request.body()).get("tools").get(0);
        return tool.has("function") ? tool.get("function").get("parameters") : tool.get("parameters");
    }

    private static String ofMessages(String schema) {
        return "{'name':'f','input_schema':" + schema + "}";
    }

    /** OpenAI: "object schema missing properties" and "array schema missing items", for the whole request. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'type':'object'} | {'type':'object','properties':{}}
        {'type':'object','additionalProperties':false} | {'type':'object','additionalProperties':false,'properties':{}}
        {'type':'object','properties':{'a':{'type':'array'}}} | {'type':'object','properties':{'a':{'type':'array','items':{}}}}
        {'type':'object','properties':{'a':{'type':['array','null']}}} | {'type':'object','properties':{'a':{'type':['array','null'],'items':{}}}}
        {'type':'object','properties':{'a':{'type':'array','items':{'type':'array'}}}} | {'type':'object','properties':{'a':{'type':'array','items':{'type':'array','items':{}}}}}
        {'type':'object','properties':{'a':{'anyOf':[{'type':'array'}]}}} | {'type':'object','properties':{'a':{'anyOf':[{'type':'array','items':{}}]}}}
        {'type':'object','properties':{},'$defs':{'a':{'type':'array'}}} | {'type':'object','properties':{},'$defs':{'a':{'type':'array','items':{}}}}
        """)
    void openAiIsToldWhatASchemaLeavesUnsaid(String asked, String written) {
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest request = sent(MESSAGES, to, ModelTraits.openAi(), ofMessages(asked));

            assertThat(schema(request)).isEqualTo(json(written));
            assertThat(request.dropped()).isEmpty();
        }
    }

    @Test
    void whatOnlyLooksLikeASchemaStaysAsItIs() {
        String schema = "{'type':'object','properties':{'type':{'type':'object','default':{'type':'array'}},"
                + "'properties':{'enum':[{'type':'array'}]}}}";
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThat(schema(sent(MESSAGES, to, ModelTraits.openAi(), ofMessages(schema))))
                    .isEqualTo(json(schema));
        }
    }

    @Test
    void aCallerOfTheSameFormatIsBelievedToKnow() {
        String chat = "{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}";
        String responses = "{'type':'function','name':'f','parameters':{'type':'object'}}";

        assertThat(schema(sent(CHAT, CHAT, ModelTraits.openAi(), chat))).isEqualTo(json("{'type':'object'}"));
        assertThat(schema(sent(RESPONSES, RESPONSES, ModelTraits.openAi(), responses)))
                .isEqualTo(json("{'type':'object'}"));
    }
}
