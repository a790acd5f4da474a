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
import tools.jackson.databind.JsonNode;

/** Values that are moved into the smaller range of a target are named in their caller's words, unless nobody loses by it. */
class MovedLimitsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final ModelTraits GPT = ModelTraits.openAi();
    private static final ModelTraits CLAUDE = ModelTraits.anthropic();
    private static final ModelTraits COPY = GPT.toBuilder()
            .maxTokensField(ModelTraits.MaxTokensField.MAX_TOKENS)
            .build();

    private static EncodedRequest sent(DialectCodec from, DialectCodec to, ModelTraits traits, String members) {
        String said = from == RESPONSES ? "'input':'hi'" : "'messages':[{'role':'user','content':'hi'}]";
        byte[] body = ("{'model':'m'," + said + "," + members + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(body), new Target("p", "wire", traits));
    }

    private static JsonNode body(EncodedRequest request) {
        return Json.parse(request.body());
    }

    /** OpenAI: "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16". */
    @Test
    void fewerTokensThanResponsesTakesAreNamedAsTheirCallerCallsThem() {
        EncodedRequest older = sent(CHAT, RESPONSES, GPT, "'max_tokens':5");
        EncodedRequest newer = sent(CHAT, RESPONSES, GPT, "'max_completion_tokens':15");
        EncodedRequest messages = sent(MESSAGES, RESPONSES, GPT, "'max_tokens':1");

        for (EncodedRequest request : List.of(older, newer, messages)) {
            assertThat(body(request).path("max_output_tokens").intValue()).isEqualTo(16);
        }
        assertThat(older.dropped()).containsExactly("max_tokens");
        assertThat(newer.dropped()).containsExactly("max_completion_tokens");
        assertThat(messages.dropped()).containsExactly("max_tokens");
        assertThat(sent(CHAT, RESPONSES, GPT, "'max_tokens':16").dropped()).isEmpty();
        assertThat(sent(MESSAGES, CHAT, GPT, "'max_tokens':1").dropped()).isEmpty();
    }

    @Test
    void moreTokensThanTheModelGivesLoseNothing() {
        ModelTraits gpt = GPT.toBuilder().maxOutputTokens(8000).build();
        ModelTraits claude = CLAUDE.toBuilder().maxOutputTokens(8000).build();

        EncodedRequest toClaude = sent(CHAT, MESSAGES, claude, "'max_completion_tokens':5000000");
        EncodedRequest toResponses = sent(CHAT, RESPONSES, gpt, "'max_completion_tokens':5000000");
        EncodedRequest toChat = sent(RESPONSES, CHAT, gpt, "'max_output_tokens':5000000");

        assertThat(body(toClaude).path("max_tokens").intValue()).isEqualTo(8000);
        assertThat(body(toResponses).path("max_output_tokens").intValue()).isEqualTo(8000);
        assertThat(body(toChat).path("max_completion_tokens").intValue()).isEqualTo(8000);
        for (EncodedRequest request : List.of(toClaude, toResponses, toChat)) {
            assertThat(request.dropped()).isEmpty();
        }
    }

    /** Anthropic: "temperature: range: 0..1". */
    @Test
    void aTemperatureThatIsLoweredIsNamed() {
        ModelTraits cool = GPT.toBuilder().maxTemperature(1).build();
        List<EncodedRequest> lowered = List.of(
                sent(CHAT, MESSAGES, CLAUDE, "'temperature':1.7"),
                sent(RESPONSES, MESSAGES, CLAUDE, "'temperature':1.7"),
                sent(CHAT, CHAT, cool, "'temperature':1.7"),
                sent(CHAT, RESPONSES, cool, "'temperature':1.7"));

        for (EncodedRequest request : lowered) {
            assertThat(body(request).path("temperature").doubleValue()).isEqualTo(1.0);
            assertThat(request.dropped()).containsExactly("temperature");
        }
        EncodedRequest within = sent(CHAT, MESSAGES, CLAUDE, "'temperature':1");
        assertThat(body(within).path("temperature").doubleValue()).isEqualTo(1.0);
        assertThat(within.dropped()).isEmpty();
    }

    /** OpenAI refuses a request with both names; the newer one is what its own models want. */
    @Test
    void ofTwoNamesOfTheLimitTheOlderIsLeftOutAndNamed() {
        String both = "'max_tokens':100,'max_completion_tokens':200";
        EncodedRequest gpt = sent(CHAT, CHAT, GPT, both);
        EncodedRequest copy = sent(CHAT, CHAT, COPY, both);
        EncodedRequest anew = sent(CHAT, CHAT, GPT, both + ",'functions':[{'name':'f'}]");
        EncodedRequest claude = sent(CHAT, MESSAGES, CLAUDE, both);
        EncodedRequest responses = sent(CHAT, RESPONSES, GPT, both);

        for (EncodedRequest request : List.of(gpt, copy, anew, claude, responses)) {
            assertThat(request.dropped()).containsExactly("max_tokens");
        }
        for (EncodedRequest request : List.of(gpt, anew)) {
            assertThat(body(request).path("max_completion_tokens").intValue()).isEqualTo(200);
            assertThat(body(request).has("max_tokens")).isFalse();
        }
        for (EncodedRequest request : List.of(copy, claude)) {
            assertThat(body(request).path("max_tokens").intValue()).isEqualTo(200);
            assertThat(body(request).has("max_completion_tokens")).isFalse();
        }
        assertThat(body(responses).path("max_output_tokens").intValue()).isEqualTo(200);
    }

    @Test
    void twoNamesThatSayTheSameLoseNothing() {
        for (String both : List.of(
                "'max_tokens':100,'max_completion_tokens':100",
                "'max_tokens':100,'max_completion_tokens':null",
                "'max_tokens':null,'max_completion_tokens':100")) {
            EncodedRequest sent = sent(CHAT, CHAT, GPT, both);

            assertThat(body(sent).path("max_completion_tokens").intValue()).isEqualTo(100);
            assertThat(body(sent).has("max_tokens")).isFalse();
            assertThat(sent.dropped()).isEmpty();
        }
    }
}
