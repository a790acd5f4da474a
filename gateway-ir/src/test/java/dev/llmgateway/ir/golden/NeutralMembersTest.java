package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients say many defaults with every request: nothing is lost of what asks for nothing, and no target refuses it. */
class NeutralMembersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final ModelTraits POOR = ModelTraits.openAi().toBuilder()
            .acceptsOpenAiExtras(false)
            .acceptsSampling(false)
            .refused(Set.of("logprobs", "top_logprobs", "logit_bias", "verbosity"))
            .build();

    private static final Map<DialectCodec, String> PROMPTS = Map.of(
            CHAT, "'messages':[{'role':'user','content':'hi'}]",
            MESSAGES, "'max_tokens':99,'messages':[{'role':'user','content':'hi'}]",
            RESPONSES, "'input':'hi'");

    private static Stream<Arguments> members() {
        return Stream.of(
                Arguments.of(CHAT, "logprobs", "false", "true"),
                Arguments.of(CHAT, "logit_bias", "{}", "{'1':2}"),
                Arguments.of(CHAT, "metadata", "{}", "{'a':'b'}"),
                Arguments.of(CHAT, "top_logprobs", "0", "2"),
                Arguments.of(CHAT, "modalities", "['text']", "['text','audio']"),
                Arguments.of(CHAT, "service_tier", "'auto'", "'flex'"),
                Arguments.of(CHAT, "service_tier", "'default'", "'scale'"),
                Arguments.of(CHAT, "verbosity", "'medium'", "'low'"),
                Arguments.of(CHAT, "frequency_penalty", "0", "0.5"),
                Arguments.of(CHAT, "presence_penalty", "0.0", "0.5"),
                Arguments.of(CHAT, "top_p", "1", "0.5"),
                Arguments.of(RESPONSES, "metadata", "{}", "{'a':'b'}"),
                Arguments.of(RESPONSES, "top_logprobs", "0", "2"),
                Arguments.of(RESPONSES, "truncation", "'disabled'", "'auto'"),
                Arguments.of(RESPONSES, "service_tier", "'auto'", "'flex'"),
                Arguments.of(RESPONSES, "text.verbosity", "'medium'", "'low'"),
                Arguments.of(RESPONSES, "top_p", "1.0", "0.5"),
                Arguments.of(MESSAGES, "context_management", "{'edits':[]}", "{'edits':[{'type':'x'}]}"),
                Arguments.of(MESSAGES, "inference_geo", "'global'", "'us'"),
                Arguments.of(MESSAGES, "mcp_servers", "[]", "[{'name':'s'}]"),
                Arguments.of(MESSAGES, "service_tier", "'auto'", "'standard_only'"),
                Arguments.of(MESSAGES, "speed", "'standard'", "'fast'"),
                Arguments.of(MESSAGES, "top_p", "1", "0.5"));
    }

    private static EncodedRequest sent(DialectCodec from, DialectCodec to, String name, String value) {
        String member =
                name.equals("text.verbosity") ? "'text':{'verbosity':" + value + "}" : "'" + name + "':" + value;
        String body = "{'model':'m'," + PROMPTS.get(from) + ",'temperature':1," + member + "}";
        ModelTraits traits = to == MESSAGES ? ModelTraits.anthropic() : POOR;
        return to.encodeRequest(
                from.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                new Target("p", "wire", traits));
    }

    private static boolean isLost(DialectCodec from, DialectCodec to, String name, String value) {
        try {
            return sent(from, to, name, value).dropped().contains(name);
        } catch (UntranslatableException e) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void whatAsksForNothingIsNotLost(DialectCodec from, String name, String neutral, String asking) {
        List<DialectCodec> others =
                Stream.of(CHAT, MESSAGES, RESPONSES).filter(to -> to != from).toList();

        assertThat(others).noneMatch(to -> isLost(from, to, name, neutral));
        assertThat(others).anyMatch(to -> isLost(from, to, name, asking));
    }
}
