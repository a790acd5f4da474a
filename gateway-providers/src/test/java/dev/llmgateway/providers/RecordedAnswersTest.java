package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.drain;
import static dev.llmgateway.providers.TestCalls.fixture;
import static dev.llmgateway.providers.TestCalls.streaming;
import static dev.llmgateway.providers.TestCalls.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.Reply.Delivery;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vendors really sent, read over a socket; {@code fixtures/INDEX.tsv} says where each recording comes from. */
final class RecordedAnswersTest {

    private final SimulatedProvider sim = SimulatedProvider.start();
    private @Nullable Provider provider;

    @AfterEach
    void close() {
        if (provider != null) {
            provider.close();
        }
        sim.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-text-stream.sse, END_TURN, 0",
        "ANTHROPIC, anthropic-thinking-stream.sse, END_TURN, 0",
        "ANTHROPIC, anthropic-tool-stream.sse, TOOL_USE, 1",
        "ANTHROPIC, anthropic-parallel-tools-stream.sse, TOOL_USE, 2",
        "ANTHROPIC, anthropic-refusal-stream.sse, REFUSAL, 0",
        "OPENAI, openai-text-stream-cached-usage.sse, END_TURN, 0",
        "OPENAI, openai-tool-stream.sse, TOOL_USE, 1",
        "OPENAI, openai-parallel-tools-stream.sse, TOOL_USE, 2",
        "AZURE_OPENAI, azure-text-stream.sse, END_TURN, 0",
        "GROQ, groq-text-stream.sse, END_TURN, 0",
        "DEEP_INFRA, deepinfra-text-stream.sse, END_TURN, 0",
        "GOOGLE, google-compat-thought-stream.sse, END_TURN, 0",
        "LOCAL, ollama-text-reasoning-stream.sse, END_TURN, 0"
    })
    void readsAStreamHoweverItIsCut(ProviderType type, String file, StopReason stop, int calls) {
        byte[] body = fixture(file);
        ChatResponse whole = answer(type, Reply.recorded("text/event-stream", body));

        assertThat(whole.first().stopReason()).isEqualTo(stop);
        assertThat(whole.toolCalls()).hasSize(calls);
        assertThat(whole.first().content().isEmpty()).isEqualTo(stop == StopReason.REFUSAL);
        for (Delivery delivery : new Delivery[] {
            new Delivery.ByEvent(Pace.NONE), new Delivery.Chunks(1, Pace.NONE), new Delivery.Chunks(97, Pace.NONE)
        }) {
            assertThat(timeless(answer(type, Reply.recorded("text/event-stream", body, delivery))))
                    .isEqualTo(timeless(whole));
        }
    }

    /** Vendors that tell no time get the time of the answer, which may differ by a second between two answers. */
    private static ChatResponse timeless(ChatResponse answer) {
        return new ChatResponse(
                answer.id(), answer.model(), 0, answer.choices(), answer.usage(), answer.origin(), answer.wire());
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-text-stream.sse",
        "ANTHROPIC, anthropic-thinking-stream.sse",
        "ANTHROPIC, anthropic-tool-stream.sse",
        "OPENAI, openai-text-stream-cached-usage.sse",
        "OPENAI, openai-parallel-tools-stream.sse",
        "AZURE_OPENAI, azure-text-stream.sse",
        "GROQ, groq-text-stream.sse",
        "GOOGLE, google-compat-thought-stream.sse",
        "LOCAL, ollama-text-reasoning-stream.sse"
    })
    void takesNoStreamForCompleteThatWasCutOff(ProviderType type, String file) {
        byte[] body = fixture(file);
        for (int part = 1; part < 8; part++) {
            sim.enqueue(Reply.recorded("text/event-stream", Arrays.copyOf(body, body.length * part / 10)));

            ProviderFailed error = failure(type, streaming("hi"));

            assertThat(error.phase()).isIn(Phase.BROKEN_OFF, Phase.MALFORMED);
            assertThat(error.mayFailOver()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-cache-read.json, END_TURN",
        "ANTHROPIC, anthropic-max-tokens.json, MAX_TOKENS",
        "OPENAI, openai-reasoning.json, END_TURN",
        "OPENAI, openai-image.json, END_TURN",
        "OPENAI, openai-length.json, MAX_TOKENS",
        "GROQ, groq-tool.json, TOOL_USE",
        "GOOGLE, google-compat-tool-empty-id.json, TOOL_USE"
    })
    void readsAWholeAnswer(ProviderType type, String file, StopReason stop) {
        sim.enqueue(Reply.recorded("application/json", fixture(file)));

        ChatResponse answer = open(type, unary("hi"));

        assertThat(answer.first().stopReason()).isEqualTo(stop);
        assertThat(answer.usage()).isNotNull();
        assertThat(answer.toolCalls())
                .extracting(Content.ToolCall::id)
                .allSatisfy(id -> assertThat(id).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-error-401.json, 401, AUTHENTICATION, true",
        "AZURE_OPENAI, azure-error-401.json, 401, AUTHENTICATION, true",
        "OPENAI, openai-error-400-max-tokens-unsupported.json, 400, INVALID_REQUEST, false"
    })
    void readsAnErrorsBody(ProviderType type, String file, int status, Kind kind, boolean mayFailOver) {
        sim.enqueue(new Reply.Recorded(status, "application/json", Map.of(), fixture(file), new Delivery.Whole()));

        ProviderFailed error = failure(type, streaming("hi"));

        assertThat(error.phase()).isEqualTo(Phase.STATUS);
        assertThat(error.error().kind()).isEqualTo(kind);
        assertThat(error.mayFailOver()).isEqualTo(mayFailOver);
    }

    /** Google wraps its compatible endpoint's errors in an array, and tells the wait inside. */
    @Test
    void readsGooglesErrors() {
        sim.enqueue(Reply.json(429, """
                [{"error": {"code": 429, "message": "Resource exhausted", "status": "RESOURCE_EXHAUSTED", "details": [
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.4s"}]}}]"""));

        ProviderFailed error = failure(ProviderType.GOOGLE, unary("hi"));

        assertThat(error.error().kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(error.error().message()).isEqualTo("Resource exhausted");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofMillis(34_400));
    }

    /** Google answers a bad key with status 400. */
    @Test
    void takesGooglesBadKeyForOurFault() {
        sim.enqueue(Reply.json(400, """
                [{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.",
                  "status": "INVALID_ARGUMENT", "details": [{"reason": "API_KEY_INVALID"}]}}]"""));

        ProviderFailed error = failure(ProviderType.GOOGLE, unary("hi"));

        assertThat(error.error().kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(error.mayFailOver()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, anthropic-midstream-error-composed.sse",
        "OPENAI, openai-midstream-error-composed.sse",
        "GROQ, groq-midstream-error.sse"
    })
    void throwsAnErrorThatComesInsideAStream(ProviderType type, String file) {
        sim.enqueue(Reply.recorded("text/event-stream", fixture(file)));

        assertThat(failure(type, streaming("hi")).phase()).isEqualTo(Phase.REPORTED);
    }

    private ChatResponse answer(ProviderType type, Reply reply) {
        sim.enqueue(reply);
        return open(type, streaming("hi"));
    }

    private ChatResponse open(ProviderType type, ProviderCall call) {
        return provider(type).open(call).collect();
    }

    private ProviderFailed failure(ProviderType type, ProviderCall call) {
        return catchThrowableOfType(
                ProviderFailed.class, () -> drain(provider(type).open(call)));
    }

    private Provider provider(ProviderType type) {
        if (provider == null) {
            provider = Providers.builder(type, "upstream")
                    .endpoint(sim.uri().toString())
                    .apiKey("k-1")
                    .build();
        }
        return provider;
    }
}
