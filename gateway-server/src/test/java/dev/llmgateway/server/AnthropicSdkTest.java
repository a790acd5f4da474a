package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageContentParam;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Anthropic's own Java client talks to every type of provider through the gateway; none stands in for another. */
class AnthropicSdkTest {
    @RegisterExtension
    static final Vendors VENDORS = new Vendors();

    private static final AnthropicClient CLIENT =
            VENDORS.client(SdkClients::anthropicWithoutFailover, AnthropicClient::close);

    private static MessageCreateParams.Builder ask(ProviderType type) {
        return MessageCreateParams.builder().model(Vendors.model(type)).maxTokens(200);
    }

    private static Message create(MessageCreateParams params) {
        return CLIENT.messages().create(params);
    }

    private static Message stream(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = CLIENT.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static String text(Message answer) {
        return answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static String stop(Message answer) {
        return answer.stopReason().orElseThrow().asString();
    }

    @ParameterizedTest
    @EnumSource
    void text(ProviderType type) {
        Message answer = create(ask(type).addUserMessage("Hello!").build());
        assertThat(text(answer)).contains("[simulated " + type.word() + "]").contains("Hello!");
        assertThat(answer.model().asString()).isEqualTo(Vendors.model(type));
        assertThat(stop(answer)).isEqualTo("end_turn");
        assertThat(answer.usage().outputTokens()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void stream(ProviderType type) {
        Message answer = stream(ask(type).addUserMessage("Hello!").build());
        assertThat(text(answer)).contains("[simulated " + type.word() + "]").contains("Hello!");
        assertThat(stop(answer)).isEqualTo("end_turn");
        assertThat(answer.usage().outputTokens()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aToolRoundTripWithParallelCalls(ProviderType type) {
        for (boolean streamed : List.of(false, true)) {
            MessageCreateParams.Builder conversation = ask(type)
                    .addTool(tool("get_weather"))
                    .addTool(tool("get_time"))
                    .addUserMessage("Call both tools for Paris");
            Message asked = streamed ? stream(conversation.build()) : create(conversation.build());
            assertThat(stop(asked)).isEqualTo("tool_use");
            List<ToolUseBlock> calls = asked.content().stream()
                    .map(ContentBlock::toolUse)
                    .flatMap(call -> call.stream())
                    .toList();
            assertThat(calls).extracting(ToolUseBlock::name).containsExactly("get_weather", "get_time");
            assertThat(calls).extracting(ToolUseBlock::id).doesNotHaveDuplicates();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call._input().toString()).contains("city"));
            Message answer = answerTo(conversation.addMessage(asked), calls, streamed);
            assertThat(text(answer)).contains("result of get_weather").contains("result of get_time");
        }
    }

    private static Message answerTo(
            MessageCreateParams.Builder conversation, List<ToolUseBlock> calls, boolean streamed) {
        List<ContentBlockParam> results = calls.stream()
                .map(call -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                        .toolUseId(call.id())
                        .content("result of " + call.name())
                        .build()))
                .toList();
        MessageCreateParams params = conversation
                .addUserMessage(MessageContentParam.ofContentBlockParams(results))
                .build();
        return streamed ? stream(params) : create(params);
    }

    private static Tool tool(String name) {
        return Tool.builder()
                .name(name)
                .description("Looks something up")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .addRequired("city")
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void image(ProviderType type) {
        ContentBlockParam picture = ContentBlockParam.ofImage(Base64ImageSource.builder()
                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                .data(TinyPng.BASE64)
                .build());
        Message answer = create(ask(type)
                .addUserMessage(MessageContentParam.ofContentBlockParams(
                        List.of(ContentBlockParam.ofText("What is this?"), picture)))
                .build());
        assertThat(text(answer)).contains("I saw an image");
        assertThat(VENDORS.of(type).requests().getLast().text()).contains(TinyPng.BASE64);
    }

    @ParameterizedTest
    @EnumSource
    void jsonSchema(ProviderType type) {
        JsonOutputFormat.Schema schema = JsonOutputFormat.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("answer", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("answer")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build();
        Message answer = create(ask(type)
                .addUserMessage("Answer in JSON")
                .outputConfig(OutputConfig.builder()
                        .format(JsonOutputFormat.builder().schema(schema).build())
                        .build())
                .build());
        assertThat(Json.parse(text(answer)).get("answer").isString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void errorsBecomeTheClientsOwnExceptions(ProviderType type) {
        MessageCreateParams params = ask(type).addUserMessage("Hello!").build();
        VENDORS.failFourTimes(type);
        assertThatThrownBy(() -> create(params)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> stream(params)).isInstanceOf(InternalServerException.class);
        assertThatThrownBy(() -> create(params)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> create(params)).isInstanceOfSatisfying(RateLimitException.class, error -> {
            assertThat(error.headers().values("retry-after")).containsExactly("7");
            assertThat(error.headers().values("x-should-retry")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffIsAnErrorToTheClient(ProviderType type) {
        MessageCreateParams params =
                ask(type).addUserMessage("sim-reset-midstream please").build();
        assertThatThrownBy(() -> stream(params)).isInstanceOf(AnthropicException.class);
    }

    @ParameterizedTest
    @EnumSource
    void leavingAStreamCancelsItAtTheProvider(ProviderType type) throws InterruptedException {
        SimulatedProvider provider = VENDORS.of(type);
        provider.enqueue(new Reply.Usual(Pace.every(Duration.ofMillis(30)), 400));
        MessageCreateParams params = ask(type).addUserMessage("Hello!").build();
        try (StreamResponse<RawMessageStreamEvent> stream = CLIENT.messages().createStreaming(params)) {
            assertThat(stream.stream().findFirst()).isPresent();
        }
        assertThat(provider.awaitDisconnect(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void anUnknownModelIsNotFound() {
        MessageCreateParams params = MessageCreateParams.builder()
                .model("claude-sonet-5-5")
                .maxTokens(10)
                .addUserMessage("Hello!")
                .build();
        assertThatThrownBy(() -> create(params))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Did you mean claude-sonnet-5-5");
    }

    @Test
    void modelsCanBeListedAndTokensCounted() {
        assertThat(CLIENT.models().list().data())
                .extracting(model -> model.id())
                .contains("anthropic/claude-opus-5-5");
        assertThat(CLIENT.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model("anthropic/claude-opus-5-5")
                                .addUserMessage("Hello!")
                                .build())
                        .inputTokens())
                .isPositive();
    }
}
