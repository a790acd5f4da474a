package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An assistant's message of Responses with a part that only OpenAI knows loses that part for others, and not what was said. */
class MixedMessagesTest {

    private static final String PARTS = "[{'type':'output_text','text':'said'},{'type':'hologram','data':'d'},"
            + "{'type':'refusal','refusal':'but no'},{'type':'input_text','text':'more'}]";
    private static final ChatRequest REQUEST = request("{'role':'assistant','content':" + PARTS + "}");

    private static ChatRequest request(String item) {
        return new OpenAiResponsesCodec()
                .decodeRequest(("{'model':'m','input':[{'role':'user','content':'x'}," + item
                                + ",{'role':'user','content':'y'}]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static EncodedRequest sent(DialectCodec to, ChatRequest request) {
        ModelTraits traits = to instanceof AnthropicMessagesCodec ? ModelTraits.anthropic() : ModelTraits.openAi();
        return to.encodeRequest(request, new Target("p", "m", traits));
    }

    private static String text(EncodedRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void onlyThePartIsLostAndNamed() {
        for (DialectCodec other : List.of(new OpenAiChatCodec(), new AnthropicMessagesCodec())) {
            EncodedRequest request = sent(other, REQUEST);

            assertThat(text(request))
                    .contains("said", "but no", "more", "\"assistant\"")
                    .doesNotContain("hologram");
            assertThat(request.dropped()).containsExactly("input[].hologram");
        }
    }

    @Test
    void anItemOfAnotherKindIsNoMessage() {
        String item = "{'type':'novelty','content':[{'type':'text','text':'for OpenAI alone'}]}";
        for (DialectCodec other : List.of(new OpenAiChatCodec(), new AnthropicMessagesCodec())) {
            EncodedRequest request = sent(other, request(item));

            assertThat(text(request)).doesNotContain("for OpenAI alone");
            assertThat(request.dropped()).containsExactly("input[].novelty");
        }
    }

    @Test
    void openAiReadsTheWhole() {
        ChatRequest changed = REQUEST.toBuilder().build();

        for (ChatRequest request : List.of(REQUEST, changed)) {
            assertThat(text(sent(new OpenAiResponsesCodec(), request))).contains(PARTS.replace('\'', '"'));
        }
    }
}
