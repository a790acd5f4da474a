package dev.llmgateway.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import dev.llmgateway.examples.SimulatedVendors;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.Reply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.EntityParamSpec;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.annotation.Tool;

/** Spring AI's clients talk to providers of both formats through the gateway. */
final class SpringAiTest {
    private static final SimulatedVendors VENDORS = SimulatedVendors.start();

    record Opinion(String answer) {}

    /** What the model may call. */
    static final class Weather {
        @Tool(name = "get_weather", description = "Tells the weather of a city")
        String of(String city) {
            return "fine in " + city;
        }
    }

    @AfterAll
    static void stop() {
        VENDORS.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Client.values())
                .flatMap(client ->
                        Stream.of(ProviderType.OPENAI, ProviderType.ANTHROPIC).map(type -> Arguments.of(client, type)));
    }

    private static ChatClient chat(Client client, String model) {
        return ChatClient.create(client.model(VENDORS.uri().toString(), SimulatedVendors.KEY, model));
    }

    private static ChatClient chat(Client client, ProviderType type) {
        return chat(client, SimulatedVendors.model(type));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void text(Client client, ProviderType type) {
        ChatResponse answer = Objects.requireNonNull(
                chat(client, type).prompt("Hello!").call().chatResponse());

        assertThat(answer.getResult().getOutput().getText())
                .isEqualTo("[simulated " + type.word() + "] You said: Hello!");
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream(Client client, ProviderType type) {
        List<String> pieces = chat(client, type).prompt("Hello over there!").stream()
                .content()
                .collectList()
                .block();

        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(String.join("", pieces)).isEqualTo("[simulated " + type.word() + "] You said: Hello over there!");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToolRoundTrip(Client client, ProviderType type) {
        ChatClient.ChatClientRequestSpec question = chat(client, type)
                .prompt("How is the weather in both Paris and Rome?")
                .tools(new Weather());

        assertThat(question.call().content()).contains("The tool said: ", "fine in Paris", "fine in Rome");
        assertThat(String.join("", question.stream().content().collectList().block()))
                .contains("The tool said: ", "fine in Paris", "fine in Rome");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void structuredOutput(Client client, ProviderType type) {
        Opinion opinion = chat(client, type)
                .prompt("Answer in JSON")
                .call()
                .entity(Opinion.class, EntityParamSpec::useProviderStructuredOutput);

        assertThat(opinion).isEqualTo(new Opinion("simulated " + type.word()));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyAndAnUnknownModelAreToldByTheSdksOwnExceptions(Client client) {
        ChatClient stranger = ChatClient.create(
                client.model(VENDORS.uri().toString(), "another-key", SimulatedVendors.model(ProviderType.OPENAI)));

        assertThatThrownBy(() -> stranger.prompt("Hello!").call().content())
                .isInstanceOfAny(
                        com.openai.errors.UnauthorizedException.class,
                        com.anthropic.errors.UnauthorizedException.class);
        assertThatThrownBy(() ->
                        chat(client, "claude-sonet-5-5").prompt("Hello!").call().content())
                .isInstanceOfAny(
                        com.openai.errors.NotFoundException.class, com.anthropic.errors.NotFoundException.class)
                .hasMessageContaining("Did you mean claude-sonnet-5-5");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRateLimitIsToldByTheSdksOwnException(Client client, ProviderType type) {
        VENDORS.provider(type).enqueue(Reply.failure(429, Map.of()));

        assertThatThrownBy(() -> chat(client, type).prompt("Hello!").call().content())
                .isInstanceOfAny(
                        com.openai.errors.RateLimitException.class, com.anthropic.errors.RateLimitException.class);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anErrorInTheMiddleOfAStreamIsNoCompleteAnswer(Client client, ProviderType type) {
        assertThatThrownBy(() -> chat(client, type).prompt("sim-error-event please").stream()
                        .content()
                        .collectList()
                        .block())
                .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
    }
}
