package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of the usage that answers tell, in each format. */
class ReportedTokensTest {

    private static final Target TARGET = new Target("p", "m", ModelTraits.openAi());

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1000000001", "1e300", "-5", "\"abc\"", "null", "{}"})
    void aCountThatCannotBeRightIsTakenForNotTold(String count) {
        assertThat(chat("\"prompt_tokens\":" + count + ",\"completion_tokens\":7"))
                .isEqualTo(Usage.of(0, 7));
        assertThat(chat("\"prompt_tokens\":7,\"completion_tokens\":" + count)).isEqualTo(Usage.of(7, 0));
        assertThat(messages("\"input_tokens\":" + count + ",\"output_tokens\":7"))
                .isEqualTo(Usage.of(0, 7));
        assertThat(messages("\"input_tokens\":7,\"output_tokens\":" + count)).isEqualTo(Usage.of(7, 0));
        assertThat(responses("\"input_tokens\":" + count + ",\"output_tokens\":7"))
                .isEqualTo(Usage.of(0, 7));
        assertThat(responses("\"input_tokens\":7,\"output_tokens\":" + count)).isEqualTo(Usage.of(7, 0));
        assertThat(embeddings("\"prompt_tokens\":" + count)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"prompt_tokens\":0,\"completion_tokens\":0,\"input_tokens\":0,\"output_tokens\":0"})
    void usageWithoutAnyTokensIsNone(String usage) {
        assertThat(chat(usage)).isNull();
        assertThat(messages(usage)).isNull();
        assertThat(responses(usage)).isNull();
        assertThat(embeddings(usage)).isNull();
    }

    @Test
    void partsOfAWholeThatIsNotToldAreNotTakenForIt() {
        assertThat(chat("\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":4}"))
                .isEqualTo(Usage.of(0, 7));
        assertThat(chat("\"prompt_tokens\":7,\"completion_tokens_details\":{\"reasoning_tokens\":4}"))
                .isEqualTo(Usage.of(7, 0));
        assertThat(responses("\"output_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":4}"))
                .isEqualTo(Usage.of(0, 7));
    }

    @Test
    void theMostIsBelieved() {
        assertThat(chat("\"prompt_tokens\":1000000000,\"completion_tokens\":1000000000"))
                .isEqualTo(Usage.of(ReportedTokens.MOST, ReportedTokens.MOST));
    }

    private static @Nullable Usage chat(String usage) {
        return usage(
                new OpenAiChatCodec(),
                "{\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}],\"usage\":{" + usage + "}}");
    }

    private static @Nullable Usage messages(String usage) {
        return usage(
                new AnthropicMessagesCodec(),
                "{\"id\":\"a\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"stop_reason\":\"end_turn\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"usage\":{" + usage + "}}");
    }

    private static @Nullable Usage responses(String usage) {
        return usage(
                new OpenAiResponsesCodec(),
                "{\"id\":\"a\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"output\":["
                        + "{\"type\":\"message\",\"id\":\"b\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":["
                        + "{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}]}],\"usage\":{" + usage
                        + "}}");
    }

    private static @Nullable Usage embeddings(String usage) {
        return usage(
                new OpenAiEmbeddingsCodec(),
                "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"index\":0,\"embedding\":[0.5]}],\"usage\":{" + usage
                        + "}}");
    }

    private static @Nullable Usage usage(DialectCodec codec, String answer) {
        ChatResponse response = codec.decodeResponse(answer.getBytes(StandardCharsets.UTF_8), TARGET);
        return response.usage();
    }
}
