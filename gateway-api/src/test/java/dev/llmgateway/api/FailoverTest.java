package dev.llmgateway.api;

import static dev.llmgateway.api.ScriptedProvider.brokenOff;
import static dev.llmgateway.api.ScriptedProvider.delta;
import static dev.llmgateway.api.ScriptedProvider.failure;
import static dev.llmgateway.api.ScriptedProvider.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FailoverTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();

    private final ScriptedProvider second = ScriptedProvider.saying("second", "hello");

    @Test
    void asksTheNextProviderWhenTheFirstRefuses() {
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 503, WireError.Kind.SERVER));

        ChatResponse answer = gateway(first, second).chat(REQUEST);

        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.origin().provider()).isEqualTo("second");
    }

    @Test
    void asksTheNextProviderWhenAStreamBreaksBeforeItsFirstContent() {
        ScriptedProvider first = ScriptedProvider.of("first", started("first"), brokenOff("first"));

        try (ChatStream stream = gateway(first, second).stream(REQUEST)) {
            List<String> providers = new ArrayList<>();
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.Started start) {
                    providers.add(start.origin().provider());
                }
            }
            assertThat(providers).containsExactly("second");
        }
        assertThat(first.closedStreams).hasValue(1);
    }

    @Test
    void throwsWhenAStreamBreaksAfterItsFirstContent() {
        ScriptedProvider breaking = ScriptedProvider.of(
                "first",
                started("first"),
                ScriptedProvider.answer("first", "").get(1),
                delta("he"),
                brokenOff("first"));

        try (ChatStream stream = gateway(breaking, second).stream(REQUEST)) {
            assertThat(stream.next()).isInstanceOf(ChatEvent.Started.class);
            assertThat(stream.next()).isInstanceOf(ChatEvent.PartStarted.class);
            assertThat(stream.next()).isEqualTo(delta("he"));
            assertThatThrownBy(stream::next).isInstanceOf(GatewayException.ProviderFailed.class);
        }
        assertThat(second.calls).isEmpty();
    }

    @Test
    void doesNotRepeatWhatAToolOfTheVendorHasDone() {
        Content mail =
                new Content.Vendor(Dialect.OPENAI_RESPONSES, Json.parse("{\"type\":\"mcp_call\",\"output\":\"sent\"}"));
        ScriptedProvider breaking = ScriptedProvider.of(
                "first", started("first"), new ChatEvent.PartStarted(0, 0, mail, Wire.NONE), brokenOff("first"));

        try (ChatStream stream = gateway(breaking, second).stream(REQUEST)) {
            assertThat(stream.next()).isInstanceOf(ChatEvent.Started.class);
            assertThat(stream.next()).isInstanceOf(ChatEvent.PartStarted.class);
            assertThatThrownBy(stream::next).isInstanceOf(GatewayException.ProviderFailed.class);
        }
        assertThat(second.calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "TOO_LARGE", "CONTEXT_WINDOW"})
    void doesNotRepeatABadRequestElsewhere(WireError.Kind kind) {
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 400, kind));

        assertThatThrownBy(() -> gateway(first, second).chat(REQUEST)).hasMessage("first answered 400");
        assertThat(second.calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INVALID_REQUEST", "TOO_LARGE", "CONTEXT_WINDOW"})
    void movesOnFromEveryFaultThatIsTheProviders(WireError.Kind kind) {
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 500, kind));

        assertThat(gateway(first, second).chat(REQUEST).text()).isEqualTo("hello");
    }

    @Test
    void throwsTheLastErrorWhenAllFail() {
        Gateway gateway = gateway(
                ScriptedProvider.of("first", failure("first", 500, WireError.Kind.SERVER)),
                ScriptedProvider.of("second", failure("second", 429, WireError.Kind.RATE_LIMIT)));

        assertThatThrownBy(() -> gateway.chat(REQUEST)).hasMessage("second answered 429");
    }

    @Test
    void triesOnlyTheFirstWhenTheCallerForbidsFailover() {
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 503, WireError.Kind.SERVER));

        assertThatThrownBy(() -> gateway(first, second)
                        .chat(REQUEST, CallOptions.defaults().withoutFailover()))
                .hasMessage("first answered 503");
        assertThat(second.calls).isEmpty();
    }

    @Test
    void stopsWhenTheCallerHasGone() {
        CallOptions options = CallOptions.defaults();
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 503, WireError.Kind.SERVER));
        options.cancellation().cancel(new GatewayException.Cancelled("gone"));

        assertThatThrownBy(() -> gateway(first, second).chat(REQUEST, options)).isInstanceOf(GatewayException.class);
        assertThat(second.calls).isEmpty();
    }

    @Test
    void commitsToAProviderThatOnlySendsPings() {
        Object[] pings = new Object[1000];
        Arrays.fill(pings, new ChatEvent.Ping(Wire.NONE));
        pings[0] = started("first");

        try (ChatStream stream = gateway(ScriptedProvider.of("first", pings), second).stream(REQUEST)) {
            int count = 0;
            for (ChatEvent ignored : stream) {
                count++;
            }
            assertThat(count).isEqualTo(1000);
        }
    }

    /** Asks each target twice. */
    private static final AttemptInterceptor TWICE = (attempt, next) -> {
        try {
            return next.attempt(attempt);
        } catch (GatewayException.ProviderFailed first) {
            try {
                return next.attempt(attempt);
            } catch (GatewayException.ProviderFailed second) {
                throw second.afterRetries();
            }
        }
    };

    @Test
    void aRetrySeesThatAStreamBrokeBeforeItsFirstContent() {
        ScriptedProvider first = ScriptedProvider.of("first", started("first"), brokenOff("first"));
        List<String> told = new ArrayList<>();
        Gateway gateway = Gateway.builder()
                .provider(first)
                .provider(second)
                .attemptStage(AttemptStage.RETRY, TWICE)
                .listener(new GatewayListener() {
                    @Override
                    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
                        told.add(attempt.target() + " failed");
                    }

                    @Override
                    public void attemptCommitted(Attempt attempt, Duration elapsed) {
                        told.add(attempt.target() + " answers");
                    }
                })
                .build();

        assertThat(gateway.chat(REQUEST).text()).isEqualTo("hello");
        assertThat(told).containsExactly("first/model failed", "first/model failed", "second/model answers");
        assertThat(first.closedStreams).hasValue(2);
    }

    @Test
    void everyTryHasACancellationOfItsOwn() {
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 503, WireError.Kind.SERVER));
        List<Cancellation> tries = new ArrayList<>();
        Gateway gateway = Gateway.builder()
                .provider(first)
                .attemptStage(AttemptStage.RETRY, TWICE)
                .attemptStage(AttemptStage.BREAKER, (attempt, next) -> {
                    tries.add(attempt.cancellation());
                    return next.attempt(attempt);
                })
                .build();
        assertThatThrownBy(() -> gateway.chat(REQUEST)).hasMessage("first answered 503");

        tries.get(0).cancel(new GatewayException.Cancelled("this one"));
        assertThat(tries).hasSize(2);
        assertThat(tries.get(1).isCancelled()).isFalse();
    }

    @Test
    void theLastErrorTellsThatAnyTargetWasRetried() {
        ScriptedProvider last = ScriptedProvider.of("last", failure("last", 429, WireError.Kind.RATE_LIMIT));
        ScriptedProvider first = ScriptedProvider.of("first", failure("first", 503, WireError.Kind.SERVER));
        AttemptInterceptor firstTwice = (attempt, next) ->
                attempt.target().provider() == first ? TWICE.intercept(attempt, next) : next.attempt(attempt);
        Gateway gateway = Gateway.builder()
                .provider(first)
                .provider(last)
                .attemptStage(AttemptStage.RETRY, firstTwice)
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST))
                .hasMessage("last answered 429")
                .isInstanceOfSatisfying(
                        GatewayException.ProviderFailed.class,
                        e -> assertThat(e.wasRetried()).isTrue());
        assertThatThrownBy(() -> gateway(first, last).chat(REQUEST))
                .isInstanceOfSatisfying(
                        GatewayException.ProviderFailed.class,
                        e -> assertThat(e.wasRetried()).isFalse());
    }

    private static Gateway gateway(ScriptedProvider... providers) {
        Gateway.Builder builder = Gateway.builder();
        for (ScriptedProvider provider : providers) {
            builder.provider(provider);
        }
        return builder.build();
    }
}
