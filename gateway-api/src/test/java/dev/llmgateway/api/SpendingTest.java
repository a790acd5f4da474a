package dev.llmgateway.api;

import static dev.llmgateway.api.ScriptedProvider.brokenOff;
import static dev.llmgateway.api.ScriptedProvider.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call spends on tries of which nothing is passed on, and on answers that are left. */
final class SpendingTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();
    private static final Charge PROMPT =
            new Charge(Usage.of(PromptEstimate.of(REQUEST).tokens(), 0), true);

    private static final String ANSWER = "All that was asked for";
    private static final long ANSWER_TOKENS = TokenEstimator.estimate(ANSWER);

    private final ScriptedProvider second = ScriptedProvider.saying("second", "hello");
    private final List<@Nullable Charge> spent = new ArrayList<>();
    private final List<@Nullable Charge> paid = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"MALFORMED", "BROKEN_OFF"})
    void anAnswerThatCannotBeReadCostsItsPrompt(Phase phase) {
        gateway(ScriptedProvider.of("first", failed(phase)), second).chat(REQUEST);

        assertThat(spent).containsExactly(PROMPT);
        assertThat(paid).containsExactly(Charge.reported(Usage.of(3, 5)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "STATUS", "NO_ANSWER", "REPORTED"})
    void aRefusalCostsNothing(Phase phase) {
        gateway(ScriptedProvider.of("first", failed(phase)), second).chat(REQUEST);

        assertThat(spent).containsOnlyNulls().hasSize(1);
    }

    @Test
    void aStreamThatBreaksBeforeItsFirstContentCostsWhatItTold() {
        ScriptedProvider first = ScriptedProvider.of("first", started(Usage.of(7, 1)), brokenOff("first"));

        gateway(first, second).chat(REQUEST);

        assertThat(spent).containsExactly(new Charge(Usage.of(7, 1), true));
    }

    @Test
    void anErrorInsideAStreamThatHasBegunCostsThePrompt() {
        ScriptedProvider first =
                ScriptedProvider.of("first", ScriptedProvider.started("first"), failed(Phase.REPORTED));

        gateway(first, second).chat(REQUEST);

        assertThat(spent).containsExactly(PROMPT);
    }

    @Test
    void aProviderThatWasGivenNoTimeIsHeldToHaveReadThePrompt() {
        ScriptedProvider first = ScriptedProvider.of("first", new GatewayException.TimedOut("late", false));

        gateway(first, second).chat(REQUEST);

        assertThat(spent).containsExactly(PROMPT);
    }

    @Test
    void aCallThatTheStopOfTheGatewayCutsCostsItsPrompt() {
        ScriptedProvider first = ScriptedProvider.of("first", new GatewayException.Stopping());

        assertThatThrownBy(() -> gateway(first).chat(REQUEST)).isInstanceOf(GatewayException.Stopping.class);

        assertThat(spent).containsExactly(PROMPT);
    }

    @Test
    void aCallThatWasOverBeforeItWasSentCostsNothing() {
        Gateway gateway = Gateway.builder()
                .provider(second)
                .listener(listener())
                .attemptStage(AttemptStage.BREAKER, (attempt, next) -> {
                    attempt.cancellation().child().preventedSending();
                    throw new GatewayException.Cancelled("gone");
                })
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST)).hasMessage("gone");

        assertThat(spent).containsOnlyNulls().hasSize(1);
    }

    @Test
    void anAnswerThatHasBegunForNobodyIsSpent() {
        Gateway gateway = gateway(second);

        gateway.stream(REQUEST).close();

        assertThat(paid).containsOnlyNulls().hasSize(1);
        assertThat(spent).hasSize(1).doesNotContainNull();
    }

    @Test
    void usageThatIsToldAtTheBeginningAloneIsAnEstimate() {
        ScriptedProvider provider =
                ScriptedProvider.of("first", started(Usage.of(7, 1)), begun(), delta("a"), brokenOff("first"));

        assertThatThrownBy(() -> gateway(provider).chat(REQUEST)).hasMessage("first broke off");

        assertThat(paid).containsExactly(new Charge(Usage.of(7, 1), true));
    }

    @Test
    void usageThatIsToldAtTheEndIsNotAnEstimateThoughTheClientLeaves() {
        ScriptedProvider provider = ScriptedProvider.of(
                "first",
                ScriptedProvider.started("first"),
                delta("a long answer, which the provider counts as one token"),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                new ChatEvent.UsageReported(Usage.of(7, 1), Wire.NONE),
                new ChatEvent.Ping(Wire.NONE));

        try (ChatStream stream = gateway(provider).stream(REQUEST)) {
            ChatEvent event;
            do {
                event = stream.next();
            } while (!(event instanceof ChatEvent.UsageReported));
        }

        assertThat(paid).containsExactly(Charge.reported(Usage.of(7, 1)));
    }

    @Test
    void aSideThatIsToldAsNothingIsEstimated() {
        long prompt = PromptEstimate.of(REQUEST).tokens();

        assertThat(paidFor(Usage.of(7, 0))).isEqualTo(new Charge(Usage.of(7, ANSWER_TOKENS), true));
        assertThat(paidFor(Usage.of(0, 9))).isEqualTo(new Charge(Usage.of(prompt, 9), true));
        assertThat(paidFor(Usage.ZERO)).isEqualTo(new Charge(Usage.of(prompt, ANSWER_TOKENS), true));
    }

    @Test
    void anAnswerWithoutTextMayCostNoTokens() {
        ScriptedProvider silent = ScriptedProvider.of(
                "first",
                ScriptedProvider.started("first"),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                new ChatEvent.UsageReported(Usage.of(7, 0), Wire.NONE));

        gateway(silent).chat(REQUEST);

        assertThat(paid).containsExactly(Charge.reported(Usage.of(7, 0)));
    }

    @Test
    void absurdUsageIsNotBelieved() {
        long prompt = PromptEstimate.of(REQUEST).tokens();

        assertThat(paidFor(Usage.of(7, Long.MAX_VALUE))).isEqualTo(new Charge(Usage.of(prompt, ANSWER_TOKENS), true));
    }

    private @Nullable Charge paidFor(Usage told) {
        ScriptedProvider provider = ScriptedProvider.of(
                "first",
                ScriptedProvider.started("first"),
                begun(),
                delta(ANSWER),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                new ChatEvent.UsageReported(told, Wire.NONE));
        gateway(provider).chat(REQUEST);
        return paid.getLast();
    }

    private Gateway gateway(ScriptedProvider... providers) {
        Gateway.Builder builder = Gateway.builder().listener(listener());
        for (ScriptedProvider provider : providers) {
            builder.provider(provider);
        }
        return builder.build();
    }

    private GatewayListener listener() {
        return new GatewayListener() {
            @Override
            public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge cost) {
                spent.add(cost);
            }

            @Override
            public void attemptDiscarded(Attempt attempt, @Nullable Charge cost) {
                spent.add(cost);
            }

            @Override
            public void callEnded(Exchange exchange, Outcome outcome) {
                boolean isAnswered = outcome.answer().origin() != null;
                paid.add(isAnswered ? outcome.answer().charge() : null);
            }
        };
    }

    private static ChatEvent started(Usage usage) {
        return new ChatEvent.Started("answer-1", "model", 0, usage, new Origin("first", "model", List.of()), Wire.NONE);
    }

    private static ChatEvent begun() {
        return new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE);
    }

    private static ProviderFailed failed(Phase phase) {
        WireError error = new WireError(502, WireError.Kind.SERVER, "first failed", null, null);
        return new ProviderFailed("first", phase, error, null, null);
    }
}
