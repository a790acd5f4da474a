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
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j's clients talk to providers of both formats through the gateway. */
final class LangChain4jTest {
    private static final SimulatedVendors VENDORS = SimulatedVendors.start();
    private static final List<String> PROVIDERS = List.of("openai", "responses", "anthropic", "google", "groq");
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
                .flatMap(client -> PROVIDERS.stream().map(provider -> Arguments.of(client, provider)));
    }

    private static ChatModel named(Client client, String model) {
        return client.model(VENDORS.uri().toString(), SimulatedVendors.KEY, model);
    }

    private static ChatModel model(Client client, String provider) {
        return named(client, SimulatedVendors.model(provider));
    }

    private static StreamingChatModel streaming(Client client, String provider) {
        return client.streaming(VENDORS.uri().toString(), SimulatedVendors.KEY, SimulatedVendors.model(provider));
    }

    private static ChatRequest ask(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void text(Client client, String provider) {
        ChatResponse answer = model(client, provider).chat(ask("Hello!"));

        assertThat(answer.aiMessage().text()).isEqualTo("[simulated " + provider + "] You said: Hello!");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().inputTokenCount()).isPositive();
        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream(Client client, String provider) {
        Collected stream = Collected.from(streaming(client, provider), ask("Hello over there!"));

        assertThat(stream.whole().aiMessage().text())
                .isEqualTo("[simulated " + provider + "] You said: Hello over there!");
        assertThat(String.join("", stream.pieces()))
                .isEqualTo(stream.whole().aiMessage().text());
        assertThat(stream.pieces()).hasSizeGreaterThan(3);
        assertThat(stream.whole().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(stream.whole().tokenUsage().outputTokenCount()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToolRoundTrip(Client client, String provider) {
        toolRoundTrip(request -> model(client, provider).chat(request));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aStreamedToolRoundTrip(Client client, String provider) {
        toolRoundTrip(
                request -> Collected.from(streaming(client, provider), request).whole());
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
    void structuredOutput(Client client, String provider) {
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

        assertThat(model(client, provider).chat(request).aiMessage().text())
                .isEqualTo("{\"answer\":\"simulated " + provider + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyAndAnUnknownModelAreToldByTheirOwnExceptions(Client client) {
        String gateway = VENDORS.uri().toString();

        assertThatThrownBy(() ->
                        client.model(gateway, "another-key", "openai/sim-large").chat(ask("Hello!")))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> named(client, "claude-sonet-5-5").chat(ask("Hello!")))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("Did you mean claude-sonnet-5-5");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRateLimitIsToldByItsOwnException(Client client, String provider) {
        VENDORS.provider(provider).enqueue(Reply.failure(429, Map.of()));

        assertThatThrownBy(() -> model(client, provider).chat(ask("Hello!"))).isInstanceOf(RateLimitException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anErrorInTheMiddleOfAStreamIsNoCompleteAnswer(String provider) {
        assertThatThrownBy(() -> Collected.from(streaming(Client.ANTHROPIC, provider), ask("sim-error-event please")))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("simulated error inside the stream");
    }

    /** This client passes over errors inside a stream, whoever sends them; the missing reason tells that the answer broke off. */
    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void theClientOfOpenAiGetsNoFinishReasonWithAnAnswerThatBrokeOff(String provider) {
        Collected broken = Collected.from(streaming(Client.OPENAI, provider), ask("sim-error-event please"));

        assertThat(broken.whole().aiMessage().text()).startsWith("[simulated").doesNotContain("please");
        assertThat(broken.whole().finishReason()).isNull();
    }
}
