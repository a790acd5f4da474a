package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What vendors really answered, replayed: both official clients read the same from it. */
class RecordedAnswersTest {
    @RegisterExtension
    static final Vendors VENDORS = new Vendors();

    private static final OpenAIClient OPENAI = VENDORS.client(SdkClients::openAiWithoutFailover, OpenAIClient::close);
    private static final AnthropicClient ANTHROPIC =
            VENDORS.client(SdkClients::anthropicWithoutFailover, AnthropicClient::close);

    /** What a client makes of an answer. */
    private record Seen(String text, List<String> toolCalls) {}

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-text-stream.sse",
        "ANTHROPIC, anthropic-tool-stream.sse",
        "ANTHROPIC, anthropic-parallel-tools-stream.sse",
        "ANTHROPIC, anthropic-thinking-stream.sse",
        "ANTHROPIC, anthropic-json-schema.json",
        "ANTHROPIC, anthropic-max-tokens.json",
        "ANTHROPIC, anthropic-cache-read.json",
        "OPENAI, openai-text-stream-cached-usage.sse",
        "OPENAI, openai-tool-stream.sse",
        "OPENAI, openai-parallel-tools-stream.sse",
        "OPENAI, openai-json-schema.json",
        "OPENAI, openai-image.json",
        "OPENAI, openai-length.json",
        "OPENAI, openai-reasoning.json",
        "GOOGLE, google-compat-tool-empty-id.json",
        "GOOGLE, google-compat-thought-stream.sse",
        "DEEP_INFRA, deepinfra-text-stream.sse",
        "GROQ, groq-text-stream.sse",
        "GROQ, groq-tool.json",
        "AZURE_OPENAI, azure-text-stream.sse",
        "LOCAL, ollama-text-reasoning-stream.sse",
    })
    void bothClientsReadTheSame(ProviderType type, String fixture) {
        boolean streamed = fixture.endsWith(".sse");
        Reply recorded = Reply.recorded(streamed ? "text/event-stream" : "application/json", Fixtures.bytes(fixture));
        VENDORS.of(type).enqueue(recorded, recorded);
        Seen byOpenAi = askWithOpenAi(type, streamed);
        Seen byAnthropic = askWithAnthropic(type, streamed);
        assertThat(byOpenAi).isEqualTo(byAnthropic);
        assertThat(byOpenAi.text() + byOpenAi.toolCalls()).isNotEqualTo("[]");
    }

    private static Seen askWithOpenAi(ProviderType type, boolean streamed) {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model(Vendors.model(type))
                .addUserMessage("Hello!")
                .build();
        ChatCompletion answer =
                streamed ? accumulate(params) : OPENAI.chat().completions().create(params);
        ChatCompletionMessage message = answer.choices().get(0).message();
        List<String> calls = new ArrayList<>();
        message.toolCalls()
                .ifPresent(all -> all.forEach(
                        call -> calls.add(call.asFunction().function().name())));
        return new Seen(message.content().orElse(""), calls);
    }

    private static ChatCompletion accumulate(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (var stream = OPENAI.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static Seen askWithAnthropic(ProviderType type, boolean streamed) {
        MessageCreateParams params = MessageCreateParams.builder()
                .model(Vendors.model(type))
                .maxTokens(100)
                .addUserMessage("Hello!")
                .build();
        Message answer;
        if (streamed) {
            MessageAccumulator whole = MessageAccumulator.create();
            try (var stream = ANTHROPIC.messages().createStreaming(params)) {
                stream.stream().forEach(whole::accumulate);
            }
            answer = whole.message();
        } else {
            answer = ANTHROPIC.messages().create(params);
        }
        String text = answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
        List<String> calls = answer.content().stream()
                .map(ContentBlock::toolUse)
                .flatMap(call -> call.stream())
                .map(call -> call.name())
                .toList();
        return new Seen(text, calls);
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, 401, anthropic-error-401.json",
        "OPENAI, 400, openai-error-400-max-tokens-unsupported.json",
        "AZURE_OPENAI, 401, azure-error-401.json",
    })
    void bothClientsGetTheErrorAsTheirOwn(ProviderType type, int status, String fixture) {
        Reply recorded = new Reply.Recorded(
                status, "application/json", Map.of(), Fixtures.bytes(fixture), new Reply.Delivery.Whole());
        VENDORS.of(type).enqueue(recorded, recorded);
        assertThatThrownBy(() -> askWithOpenAi(type, false))
                .isInstanceOfSatisfying(
                        OpenAIServiceException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(status));
        assertThatThrownBy(() -> askWithAnthropic(type, false))
                .isInstanceOfSatisfying(
                        AnthropicServiceException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-midstream-error-composed.sse",
        "OPENAI, openai-midstream-error-composed.sse",
        "GROQ, groq-midstream-error.sse",
    })
    void anErrorInsideAStreamIsAnErrorToBothClients(ProviderType type, String fixture) {
        Reply recorded = Reply.recorded("text/event-stream", Fixtures.bytes(fixture));
        VENDORS.of(type).enqueue(recorded, recorded);
        assertThatThrownBy(() -> askWithOpenAi(type, true)).isInstanceOf(com.openai.errors.OpenAIException.class);
        assertThatThrownBy(() -> askWithAnthropic(type, true))
                .isInstanceOf(com.anthropic.errors.AnthropicException.class);
    }
}
