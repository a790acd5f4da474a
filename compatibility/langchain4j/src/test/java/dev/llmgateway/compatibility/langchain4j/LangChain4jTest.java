package dev.llmgateway.compatibility.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.llmgateway.examples.SimulatedVendors;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's clients talk to providers of both formats through the gateway. */
final class LangChain4jTest {
    private static final SimulatedVendors VENDORS = SimulatedVendors.start();
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("get_weather")
            .description("Tells the weather of a city")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    @AfterAll
    static void stop() {
        VENDORS.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Client.values())
                .flatMap(client ->
                        Stream.of(ProviderType.OPENAI, ProviderType.ANTHROPIC).map(type -> Arguments.of(client, type)));
    }

    private static ChatModel model(Client client, String model) {
        return client.model(VENDORS.uri().toString(), SimulatedVendors.KEY, model);
    }

    private static ChatModel model(Client client, ProviderType type) {
        return model(client, SimulatedVendors.model(type));
    }

    private static StreamingChatModel streaming(Client client, ProviderType type) {
        return client.streaming(VENDORS.uri().toString(), SimulatedVendors.KEY, SimulatedVendors.model(type));
    }

    private static ChatRequest ask(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void text(Client client, ProviderType type) {
        ChatResponse answer = model(client, type).chat(ask("Hello!"));

        assertThat(answer.aiMessage().text()).isEqualTo("[simulated " + type.word() + "] You said: Hello!");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().inputTokenCount()).isPositive();
        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream(Client client, ProviderType type) {
        Collected stream = Collected.from(streaming(client, type), ask("Hello over there!"));

        assertThat(stream.whole().aiMessage().text())
                .isEqualTo("[simulated " + type.word() + "] You said: Hello over there!");
        assertThat(String.join("", stream.pieces()))
                .isEqualTo(stream.whole().aiMessage().text());
        assertThat(stream.pieces()).hasSizeGreaterThan(3);
        assertThat(stream.whole().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(stream.whole().tokenUsage().outputTokenCount()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToolRoundTrip(Client client, ProviderType type) {
        toolRoundTrip(request -> model(client, type).chat(request));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aStreamedToolRoundTrip(Client client, ProviderType type) {
        toolRoundTrip(
                request -> Collected.from(streaming(client, type), request).whole());
    }

    private static void toolRoundTrip(Function<ChatRequest, ChatResponse> model) {
        List<ChatMessage> conversation = new ArrayList<>();
        conversation.add(UserMessage.from("How is the weather in both Paris and Rome?"));
        ChatResponse asked = model.apply(withWeather(conversation));
        List<ToolExecutionRequest> calls = asked.aiMessage().toolExecutionRequests();
        assertThat(asked.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(calls)
                .extracting(call -> call.arguments().replaceAll("\\s", ""))
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Rome\"}");
        assertThat(calls).extracting(ToolExecutionRequest::id).doesNotHaveDuplicates();
        conversation.add(asked.aiMessage());
        conversation.add(ToolExecutionResultMessage.from(calls.getFirst(), "fine"));
        conversation.add(ToolExecutionResultMessage.from(calls.getLast(), "rain"));

        ChatResponse answer = model.apply(withWeather(conversation));

        assertThat(answer.aiMessage().text()).contains("The tool said: fine | rain");
    }

    private static ChatRequest withWeather(List<ChatMessage> conversation) {
        return ChatRequest.builder()
                .messages(conversation)
                .toolSpecifications(WEATHER)
                .build();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void structuredOutput(Client client, ProviderType type) {
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("reply")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("answer")
                                .required("answer")
                                .build())
                        .build())
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Answer in JSON"))
                .responseFormat(format)
                .build();

        assertThat(model(client, type).chat(request).aiMessage().text())
                .isEqualTo("{\"answer\":\"simulated " + type.word() + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyAndAnUnknownModelAreToldByTheirOwnExceptions(Client client) {
        String gateway = VENDORS.uri().toString();

        assertThatThrownBy(() ->
                        client.model(gateway, "another-key", "openai/sim-large").chat(ask("Hello!")))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> model(client, "claude-sonet-5-5").chat(ask("Hello!")))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("Did you mean claude-sonnet-5-5");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRateLimitIsToldByItsOwnException(Client client, ProviderType type) {
        VENDORS.provider(type).enqueue(Reply.failure(429, Map.of()));

        assertThatThrownBy(() -> model(client, type).chat(ask("Hello!"))).isInstanceOf(RateLimitException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void anErrorInTheMiddleOfAStreamIsNoCompleteAnswer(ProviderType type) {
        assertThatThrownBy(() -> Collected.from(streaming(Client.ANTHROPIC, type), ask("sim-error-event please")))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("simulated error inside the stream");
    }

    /** This client passes over errors inside a stream, whoever sends them; the missing reason tells that the answer broke off. */
    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void theClientOfOpenAiGetsNoFinishReasonWithAnAnswerThatBrokeOff(ProviderType type) {
        Collected broken = Collected.from(streaming(Client.OPENAI, type), ask("sim-error-event please"));

        assertThat(broken.whole().aiMessage().text()).startsWith("[simulated").doesNotContain("please");
        assertThat(broken.whole().finishReason()).isNull();
    }
}
