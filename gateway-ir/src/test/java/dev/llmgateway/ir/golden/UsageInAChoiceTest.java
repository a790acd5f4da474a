package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Moonshot tells the usage of a stream in the choice that ends, and beside the choices only those who have asked for it. */
class UsageInAChoiceTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final String COUNTS = "'usage':{'prompt_tokens':19,'completion_tokens':13,'total_tokens':32}";
    private static final String LAST = "{'id':'cmpl-1','model':'kimi','choices':[],";

    private static final String LATE =
            "{'id':'cmpl-1','model':'kimi','choices':[{'index':0,'delta':{}," + COUNTS + "}]}\n";

    private static ToldStream told(DialectCodec client, String request, String end) {
        ChatRequest asked = client.decodeRequest(utf8(request).getBytes(StandardCharsets.UTF_8));
        String stream =
                "{'id':'cmpl-1','model':'kimi','choices':[{'index':0,'delta':{'role':'assistant','content':'Hi'},"
                        + "'finish_reason':null}]}\n{'id':'cmpl-1','model':'kimi','choices':[{'index':0,'delta':{},"
                        + "'finish_reason':'stop'," + COUNTS + "}]}\n" + end + "[DONE]";
        return ToldStream.of(CHAT, utf8(stream), client, event -> event, asked);
    }

    private static String utf8(String json) {
        return json.replace('\'', '"');
    }

    private static String request(String members) {
        return "{'model':'m','stream':true,'max_tokens':9," + members + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", LAST + COUNTS + "}\n", LATE})
    void everyCallerIsToldAndNothingIsLost(String end) {
        String messages = request("'messages':[{'role':'user','content':'x'}]");
        ToldStream ofMessages = told(new AnthropicMessagesCodec(), messages, end);
        ToldStream ofResponses = told(new OpenAiResponsesCodec(), request("'input':'x'"), end);

        assertThat(ofMessages.last("/usage/input_tokens").intValue()).isEqualTo(19);
        assertThat(ofMessages.last("/usage/output_tokens").intValue()).isEqualTo(13);
        assertThat(ofMessages.lost()).isEmpty();
        assertThat(ofResponses.last("/response/usage/total_tokens").intValue()).isEqualTo(32);
        assertThat(ofResponses.lost()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", LAST + COUNTS + "}\n"})
    void aChatClientThatAsksForItFindsItOnceWhereOpenAiHasIt(String end) {
        ToldStream told = told(
                CHAT,
                request("'messages':[{'role':'user','content':'x'}],'stream_options':{'include_usage':true}"),
                end);

        assertThat(told.all("/usage"))
                .filteredOn(JsonNode::isObject)
                .singleElement()
                .matches(usage -> usage.path("total_tokens").intValue() == 32);
        assertThat(told.last("/choices").isEmpty()).isTrue();
    }

    /** Counts beside the choices are the whole answer's. */
    @Test
    void whatStandsBesideTheChoicesCounts() {
        String messages = request("'messages':[{'role':'user','content':'x'}]");
        String beside = "'usage':{'prompt_tokens':20,'completion_tokens':14,'total_tokens':34}}\n";
        String both = LATE.replace("]}\n", "],");

        for (String end : List.of(LAST + beside, both + beside)) {
            assertThat(told(new AnthropicMessagesCodec(), messages, end)
                            .last("/usage/output_tokens")
                            .intValue())
                    .isEqualTo(14);
        }
    }

    @Test
    void aWholeAnswerMayHaveItThereToo() {
        DialectCodec client = new AnthropicMessagesCodec();
        ChatRequest asked = client.decodeRequest(
                utf8(request("'messages':[{'role':'user','content':'x'}]")).getBytes(StandardCharsets.UTF_8));
        String body =
                "{'id':'c','model':'kimi','choices':[{'index':0,'message':{'content':'Hi'},'finish_reason':'stop',"
                        + COUNTS + "}]}";
        ChatResponse answer = CHAT.decodeResponse(
                utf8(body).getBytes(StandardCharsets.UTF_8), new Target("p", "m", ModelTraits.openAi()));

        assertThat(answer.usage()).isEqualTo(Usage.of(19, 13));
        assertThat(AnswerLosses.of(answer, asked)).isEmpty();
    }
}
