package dev.llmgateway.api;

import static dev.llmgateway.api.ScriptedProvider.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatewayException.Unavailable;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ChainFailuresTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();

    @Test
    void oneTargetThatIsNotAskedSpeaksForItself() {
        assertThatThrownBy(() -> chat(unavailable("one", Cause.COOLING_DOWN, 7)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("one rests");
    }

    @Test
    void severalThatAreNotAskedBecomeOneErrorThatNamesThemAndTheSoonestTime() {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> chat(
                        unavailable("one", Cause.COOLING_DOWN, 7),
                        unavailable("two", Cause.CIRCUIT_OPEN, 30),
                        unavailable("three", Cause.QUOTA_EXHAUSTED, 9)))
                .withMessage("none of the models is asked now: one/model (cooling down), two/model (circuit open), "
                        + "three/model (quota exhausted)")
                .satisfies(e -> {
                    assertThat(e.why()).isEqualTo(Cause.CIRCUIT_OPEN);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                });
    }

    @Test
    void withoutAnOpenCircuitTheCauseIsAnotherOne() {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() ->
                        chat(unavailable("one", Cause.COOLING_DOWN, 7), unavailable("two", Cause.QUOTA_EXHAUSTED, 30)))
                .satisfies(e -> assertThat(e.why()).isNotEqualTo(Cause.CIRCUIT_OPEN));
    }

    @Test
    void aTargetThatReallyFailedSaysMoreThanOneThatIsNotAsked() {
        ScriptedProvider failing = ScriptedProvider.of("one", failure("one", 500, WireError.Kind.SERVER));
        ScriptedProvider open = unavailable("two", Cause.CIRCUIT_OPEN, 30);

        assertThatThrownBy(() -> chat(failing, open)).hasMessage("one answered 500");
        assertThatThrownBy(() -> chat(open, failing)).hasMessage("one answered 500");
    }

    @Test
    void theErrorThatEndsTheChainIsTold() {
        ScriptedProvider open = unavailable("two", Cause.CIRCUIT_OPEN, 30);
        ScriptedProvider refusing = ScriptedProvider.of("one", failure("one", 400, WireError.Kind.INVALID_REQUEST));

        assertThatThrownBy(() -> chat(open, refusing, open("three"))).hasMessage("one answered 400");
    }

    private static ScriptedProvider open(String id) {
        return unavailable(id, Cause.CIRCUIT_OPEN, 1);
    }

    private static ScriptedProvider unavailable(String id, Cause cause, int seconds) {
        return ScriptedProvider.of(id, new Unavailable(id + " rests", cause, Duration.ofSeconds(seconds)));
    }

    private static void chat(ScriptedProvider... providers) {
        Gateway.Builder builder = Gateway.builder();
        for (ScriptedProvider provider : providers) {
            builder.provider(provider);
        }
        builder.build().chat(REQUEST);
    }
}
