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

    private static final ChatRequest REQUEST = new OpenAiResponsesCodec()
            .decodeRequest(("{'model':'m','input':[{'role':'user','content':'x'},{'role':'assistant','content':["
                            + "{'type':'output_text','text':'said'},{'type':'hologram','data':'d'},"
                            + "{'type':'output_text','text':'more'}]},{'role':'user','content':'y'}]}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8));

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

            assertThat(text(request)).contains("said", "more", "\"assistant\"").doesNotContain("hologram");
            assertThat(request.dropped()).containsExactly("input[].hologram");
        }
    }

    @Test
    void openAiReadsTheWhole() {
        ChatRequest changed = REQUEST.toBuilder().build();

        for (ChatRequest request : List.of(REQUEST, changed)) {
            assertThat(text(sent(new OpenAiResponsesCodec(), request)))
                    .contains("{\"type\":\"hologram\",\"data\":\"d\"}", "said", "more");
        }
    }
}
