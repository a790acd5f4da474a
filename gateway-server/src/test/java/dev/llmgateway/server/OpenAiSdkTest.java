package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's own Java client talks to every type of provider through the gateway; none stands in for another. */
class OpenAiSdkTest {
    @RegisterExtension
    static final Vendors VENDORS = new Vendors();

    private static final OpenAIClient CLIENT = VENDORS.client(SdkClients::openAiWithoutFailover, OpenAIClient::close);

    private static ChatCompletionCreateParams.Builder ask(ProviderType type) {
        return ChatCompletionCreateParams.builder().model(Vendors.model(type));
    }

    private static ChatCompletion create(ChatCompletionCreateParams params) {
        return CLIENT.chat().completions().create(params);
    }

    private static ChatCompletion stream(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                CLIENT.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().get(0).message().content().orElse("");
    }

    private static String finish(ChatCompletion answer) {
        return answer.choices().get(0).finishReason().asString();
    }

    @ParameterizedTest
    @EnumSource
    void text(ProviderType type) {
        ChatCompletion answer = create(ask(type).addUserMessage("Hello!").build());
        assertThat(text(answer)).contains("[simulated " + type.word() + "]").contains("Hello!");
        assertThat(answer.model()).isEqualTo(Vendors.model(type));
        assertThat(finish(answer)).isEqualTo("stop");
        assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
        VENDORS.of(type).reset();
    }

    @ParameterizedTest
    @EnumSource
    void stream(ProviderType type) {
        ChatCompletion answer = stream(ask(type)
                .addUserMessage("Hello!")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        assertThat(text(answer)).contains("[simulated " + type.word() + "]").contains("Hello!");
        assertThat(finish(answer)).isEqualTo("stop");
        assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aToolRoundTripWithParallelCalls(ProviderType type) {
        for (boolean streamed : List.of(false, true)) {
            ChatCompletionCreateParams.Builder conversation = ask(type)
                    .addTool(tool("get_weather"))
                    .addTool(tool("get_time"))
                    .addUserMessage("Call both tools for Paris");
            ChatCompletion asked = streamed ? stream(conversation.build()) : create(conversation.build());
            assertThat(finish(asked)).isEqualTo("tool_calls");
            ChatCompletionMessage message = asked.choices().get(0).message();
            List<ChatCompletionMessageFunctionToolCall> calls = message.toolCalls().orElseThrow().stream()
                    .map(call -> call.function().orElseThrow())
                    .toList();
            assertThat(calls).extracting(call -> call.function().name()).containsExactly("get_weather", "get_time");
            assertThat(calls)
                    .extracting(ChatCompletionMessageFunctionToolCall::id)
                    .doesNotHaveDuplicates();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(
                                    Json.parse(call.function().arguments()).has("city"))
                            .isTrue());
            conversation.addMessage(message);
            calls.forEach(call -> conversation.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.id())
                    .content("result of " + call.function().name())
                    .build()));
            ChatCompletion answer = streamed ? stream(conversation.build()) : create(conversation.build());
            assertThat(text(answer)).contains("result of get_weather").contains("result of get_time");
        }
    }

    private static ChatCompletionFunctionTool tool(String name) {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(name)
                        .description("Looks something up")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                .build())
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void image(ProviderType type) {
        ChatCompletionContentPart picture =
                ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                .url("data:image/png;base64," + TinyPng.BASE64)
                                .build())
                        .build());
        ChatCompletionContentPart question = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("What is this?").build());
        ChatCompletion answer = create(ask(type)
                .addUserMessageOfArrayOfContentParts(List.of(question, picture))
                .build());
        assertThat(text(answer)).contains("I saw an image");
        SimulatedProvider provider = VENDORS.of(type);
        assertThat(provider.requests().getLast().text()).contains(TinyPng.BASE64);
    }

    @ParameterizedTest
    @EnumSource
    void jsonSchema(ProviderType type) {
        ResponseFormatJsonSchema.JsonSchema.Schema schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("answer", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("answer")))
                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                .build();
        ChatCompletion answer = create(ask(type)
                .addUserMessage("Answer in JSON")
                .responseFormat(ResponseFormatJsonSchema.builder()
                        .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("reply")
                                .schema(schema)
                                .strict(true)
                                .build())
                        .build())
                .build());
        assertThat(Json.parse(text(answer)).get("answer").isString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void errorsBecomeTheClientsOwnExceptions(ProviderType type) {
        ChatCompletionCreateParams params = ask(type).addUserMessage("Hello!").build();
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
        ChatCompletionCreateParams params =
                ask(type).addUserMessage("sim-reset-midstream please").build();
        assertThatThrownBy(() -> stream(params)).isInstanceOf(com.openai.errors.OpenAIException.class);
    }

    @ParameterizedTest
    @EnumSource
    void leavingAStreamCancelsItAtTheProvider(ProviderType type) throws InterruptedException {
        SimulatedProvider provider = VENDORS.of(type);
        provider.enqueue(new Reply.Usual(Pace.every(Duration.ofMillis(30)), 400));
        ChatCompletionCreateParams params = ask(type).addUserMessage("Hello!").build();
        try (StreamResponse<ChatCompletionChunk> stream =
                CLIENT.chat().completions().createStreaming(params)) {
            assertThat(stream.stream().findFirst()).isPresent();
        }
        assertThat(provider.awaitDisconnect(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void anUnknownModelIsNotFound() {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model("gpt-4oo")
                .addUserMessage("Hello!")
                .build();
        assertThatThrownBy(() -> create(params)).isInstanceOfSatisfying(NotFoundException.class, error -> {
            assertThat(error.code()).contains("model_not_found");
            assertThat(error).hasMessageContaining("Did you mean gpt-4o");
        });
    }

    @Test
    void modelsCanBeListed() {
        assertThat(CLIENT.models().list().data())
                .extracting(model -> model.id())
                .contains("openai/gpt-4o");
    }

    @Test
    void theRequestsIdIsWithEveryError() {
        assertThatThrownBy(() -> create(
                        ask(ProviderType.OPENAI).addUserMessage("sim-500").build()))
                .isInstanceOfSatisfying(
                        OpenAIServiceException.class,
                        error -> assertThat(error.headers().values("x-request-id"))
                                .hasSize(1));
    }
}
