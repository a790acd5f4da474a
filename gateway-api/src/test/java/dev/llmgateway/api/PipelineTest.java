package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PipelineTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();

    private final List<String> order = new ArrayList<>();
    private final ScriptedProvider provider = ScriptedProvider.saying("one", "hello");

    @Test
    void runsTheStagesInTheDocumentedOrderHoweverTheyWereAdded() {
        Gateway gateway = Gateway.builder()
                .provider(provider)
                .attemptStage(AttemptStage.TIMEOUTS, attempt("timeouts"))
                .stage(Stage.CACHE, stage("cache"))
                .interceptor(stage("user 1"))
                .interceptor(stage("user 2"))
                .stage(Stage.GATE, stage("gate"))
                .stage(Stage.TRANSCRIPT, stage("transcript 1"))
                .stage(Stage.TRANSCRIPT, stage("transcript 2"))
                .stage(Stage.COMPLIANCE, stage("compliance"))
                .attemptStage(AttemptStage.TELEMETRY, attempt("telemetry of the attempt"))
                .attemptStage(AttemptStage.RETRY, attempt("retry"))
                .stage(Stage.TELEMETRY, stage("telemetry"))
                .stage(Stage.LIMITS, stage("limits"))
                .attemptStage(AttemptStage.BREAKER, attempt("breaker"))
                .stage(Stage.AUTHENTICATION, stage("authentication"))
                .stage(Stage.AUDIT, stage("audit"))
                .stage(Stage.IDEMPOTENCY, stage("idempotency"))
                .build();

        gateway.chat(REQUEST);

        assertThat(order)
                .containsExactly(
                        "telemetry",
                        "audit",
                        "authentication",
                        "idempotency",
                        "limits",
                        "compliance",
                        "transcript 1",
                        "transcript 2",
                        "gate",
                        "user 1",
                        "user 2",
                        "cache",
                        "retry",
                        "breaker",
                        "timeouts",
                        "telemetry of the attempt");
    }

    @Test
    void anInterceptorMayChangeTheRequest() {
        Gateway gateway = Gateway.builder()
                .provider(provider)
                .interceptor((exchange, next) ->
                        next.handle(exchange.withRequest(exchange.request().withModel("other"))))
                .build();

        gateway.chat(REQUEST);

        assertThat(provider.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.model()).isEqualTo("other"));
    }

    @Test
    void anInterceptorMayAnswerItself() {
        Gateway gateway = Gateway.builder()
                .provider(provider)
                .stage(Stage.CACHE, (exchange, next) -> {
                    throw new GatewayException.Forbidden("not today");
                })
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST)).hasMessage("not today");
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aPlaceHoldsOneInterceptor() {
        Gateway.Builder builder = Gateway.builder().stage(Stage.CACHE, stage("one"));

        assertThatThrownBy(() -> builder.stage(Stage.CACHE, stage("two")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the stage CACHE is filled already");
    }

    private Interceptor stage(String name) {
        return (exchange, next) -> {
            order.add(name);
            return next.handle(exchange);
        };
    }

    private AttemptInterceptor attempt(String name) {
        return (attempt, next) -> {
            order.add(name);
            return next.attempt(attempt);
        };
    }
}
