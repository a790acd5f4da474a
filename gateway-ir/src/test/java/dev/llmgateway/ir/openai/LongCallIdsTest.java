package dev.llmgateway.ir.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Azure refuses, as OpenAI did, ids of calls that are longer than 40 characters, which other vendors' may be. */
class LongCallIdsTest {

    private static final String LONG = "t".repeat(41);
    private static final String LEGAL = "t".repeat(40);
    private static final ModelTraits OTHER =
            ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();

    private static final Map<DialectCodec, String> CALLERS = Map.of(
            new OpenAiChatCodec(),
            "{'model':'m','messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':"
                    + "[{'id':'ID','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                    + "{'role':'tool','tool_call_id':'ID','content':'r'}]}",
            new AnthropicMessagesCodec(),
            "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':"
                    + "[{'type':'tool_use','id':'ID','name':'f','input':{}}]},"
                    + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'ID','content':'r'}]}]}");

    private static JsonNode sent(DialectCodec caller, String id, ModelTraits to) {
        byte[] request =
                CALLERS.get(caller).replace('\'', '"').replace("ID", id).getBytes(StandardCharsets.UTF_8);
        return Json.parse(new OpenAiChatCodec()
                .encodeRequest(caller.decodeRequest(request), new Target("p", "m", to))
                .body());
    }

    @Test
    void areShortenedInTheCallAndItsResultAlike() {
        for (DialectCodec caller : CALLERS.keySet()) {
            JsonNode body = sent(caller, LONG, ModelTraits.openAi());

            String id = body.at("/messages/1/tool_calls/0/id").stringValue();
            assertThat(id).hasSizeLessThanOrEqualTo(40).startsWith("ttt");
            assertThat(body.at("/messages/2/tool_call_id").stringValue()).isEqualTo(id);
        }
    }

    @Test
    void stayWhereTheyAreLegalOrNobodyKnows() {
        for (DialectCodec caller : CALLERS.keySet()) {
            assertThat(sent(caller, LEGAL, ModelTraits.openAi())
                            .at("/messages/2/tool_call_id")
                            .stringValue())
                    .isEqualTo(LEGAL);
            assertThat(sent(caller, LONG, OTHER).at("/messages/2/tool_call_id").stringValue())
                    .isEqualTo(LONG);
        }
    }
}
