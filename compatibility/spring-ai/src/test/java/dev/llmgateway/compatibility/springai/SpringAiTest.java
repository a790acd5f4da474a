package dev.llmgateway.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicException;
import com.openai.errors.OpenAIException;
import dev.llmgateway.examples.SimulatedVendors;
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
    private static final List<String> PROVIDERS = List.of("openai", "responses", "anthropic", "google", "groq");

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
                .flatMap(client -> PROVIDERS.stream().map(provider -> Arguments.of(client, provider)));
    }

    private static ChatClient named(Client client, String model) {
        return ChatClient.create(client.model(VENDORS.uri().toString(), SimulatedVendors.KEY, model));
    }

    private static ChatClient chat(Client client, String provider) {
        return named(client, SimulatedVendors.model(provider));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void text(Client client, String provider) {
        ChatResponse answer = Objects.requireNonNull(
                chat(client, provider).prompt("Hello!").call().chatResponse());

        assertThat(answer.getResult().getOutput().getText()).isEqualTo("[simulated " + provider + "] You said: Hello!");
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream(Client client, String provider) {
        List<String> pieces = chat(client, provider).prompt("Hello over there!").stream()
                .content()
                .collectList()
                .block();

        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(String.join("", pieces)).isEqualTo("[simulated " + provider + "] You said: Hello over there!");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToolRoundTrip(Client client, String provider) {
        ChatClient.ChatClientRequestSpec question = chat(client, provider)
                .prompt("How is the weather in both Paris and Rome?")
                .tools(new Weather());

        assertThat(question.call().content()).contains("The tool said: ", "fine in Paris", "fine in Rome");
        assertThat(String.join("", question.stream().content().collectList().block()))
                .contains("The tool said: ", "fine in Paris", "fine in Rome");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void structuredOutput(Client client, String provider) {
        Opinion opinion = chat(client, provider)
                .prompt("Answer in JSON")
                .call()
                .entity(Opinion.class, EntityParamSpec::useProviderStructuredOutput);

        assertThat(opinion).isEqualTo(new Opinion("simulated " + provider));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyAndAnUnknownModelAreToldByTheSdksOwnExceptions(Client client) {
        ChatClient stranger = ChatClient.create(
                client.model(VENDORS.uri().toString(), "another-key", SimulatedVendors.model("openai")));

        assertThatThrownBy(() -> stranger.prompt("Hello!").call().content())
                .isInstanceOfAny(
                        com.openai.errors.UnauthorizedException.class,
                        com.anthropic.errors.UnauthorizedException.class);
        assertThatThrownBy(() -> named(client, "claude-sonet-5-5")
                        .prompt("Hello!")
                        .call()
                        .content())
                .isInstanceOfAny(
                        com.openai.errors.NotFoundException.class, com.anthropic.errors.NotFoundException.class)
                .hasMessageContaining("Did you mean claude-sonnet-5-5");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRateLimitIsToldByTheSdksOwnException(Client client, String provider) {
        VENDORS.provider(provider).enqueue(Reply.failure(429, Map.of()));

        assertThatThrownBy(() -> chat(client, provider).prompt("Hello!").call().content())
                .isInstanceOfAny(
                        com.openai.errors.RateLimitException.class, com.anthropic.errors.RateLimitException.class);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anErrorInTheMiddleOfAStreamIsNoCompleteAnswer(Client client, String provider) {
        assertThatThrownBy(() -> chat(client, provider).prompt("sim-error-event please").stream()
                        .content()
                        .collectList()
                        .block())
                .isInstanceOfAny(OpenAIException.class, AnthropicException.class);
    }
}
