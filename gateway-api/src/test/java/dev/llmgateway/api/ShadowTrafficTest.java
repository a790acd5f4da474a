package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.shadow.ShadowTraffic;
import dev.llmgateway.api.spi.Clearances;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.WireError;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShadowTrafficTest {

    private static final ChatRequest ASK =
            ChatRequest.builder("large").user("Hello!").build();

    private final ScriptedProvider primary = ScriptedProvider.saying("primary", "It is a cat.");
    private final List<ShadowResult> results = new CopyOnWriteArrayList<>();
    private ShadowTraffic traffic = traffic(ScriptedProvider.saying("candidate", "It is a dog."), 1);

    @AfterEach
    void close() {
        traffic.close();
    }

    private ShadowTraffic traffic(ScriptedProvider candidate, double sampleRate) {
        return ShadowTraffic.to(Gateway.builder().provider(candidate).build(), "small", sampleRate, results::add);
    }

    private Gateway gateway() {
        return Gateway.builder()
                .provider(primary)
                .clearances(Clearances.upTo(Map.of("primary", DataClassification.CLASSIFIED)))
                .stage(Stage.TRANSCRIPT, traffic)
                .build();
    }

    @Test
    void comparesTheAnswersOfBothModels() throws Exception {
        gateway().chat(ASK);
        traffic.awaitIdle();

        ShadowResult result = results.getFirst();
        assertThat(result.primary().provider()).isEqualTo("primary");
        assertThat(result.candidate().provider()).isEqualTo("candidate");
        assertThat(result.candidate().model()).isEqualTo("small");
        assertThat(result.candidate().outputTokens()).isEqualTo(5);
        assertThat(result.agreement()).isEqualTo(2.0 * 2 / 6);
        assertThat(result.candidate().costUsd()).isNull();
    }

    @Test
    void copiesAStreamOnlyAfterItsEnd() throws Exception {
        try (ChatStream stream = gateway().stream(ASK)) {
            stream.next();
            stream.next();
            traffic.awaitIdle();
            assertThat(traffic.compared()).isZero();
            while (stream.next() != null) {
                assertThat(results).isEmpty();
            }
        }
        traffic.awaitIdle();
        assertThat(results).hasSize(1);
    }

    @Test
    void aCallThatIsLeftOrFailsIsNotCopied() throws Exception {
        gateway().stream(ASK).close();
        ScriptedProvider broken =
                ScriptedProvider.of("broken", ScriptedProvider.failure("broken", 400, WireError.Kind.INVALID_REQUEST));
        Gateway failing = Gateway.builder()
                .provider(broken)
                .stage(Stage.TRANSCRIPT, traffic)
                .build();
        assertThatThrownBy(() -> failing.chat(ASK)).isInstanceOf(GatewayException.ProviderFailed.class);

        traffic.awaitIdle();
        assertThat(results).isEmpty();
        assertThat(traffic.skipped() + traffic.dropped()).isZero();
    }

    @Test
    void copiesTheCallsThatTheSampleRateChooses() throws Exception {
        Iterator<Double> random = List.of(0.0, 0.5, 0.49, 0.99).iterator();
        Gateway candidates = Gateway.builder()
                .provider(ScriptedProvider.saying("candidate", "Yes."))
                .build();
        traffic = new ShadowTraffic(
                candidates,
                new ShadowTraffic.Settings("small", 0.5),
                results::add,
                Prices.UNKNOWN,
                random::next,
                InstantSource.system(),
                Ticker.system());
        Gateway gateway = gateway();
        for (String id : List.of("a", "b", "c", "d")) {
            gateway.chat(ASK, CallOptions.builder().requestId(id).build());
        }
        traffic.awaitIdle();

        assertThat(results).extracting(ShadowResult::requestId).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void aCandidateThatNeverAnswersDelaysNobody() throws Exception {
        traffic = traffic(ScriptedProvider.stuck("candidate"), 1);
        Gateway gateway = gateway();
        int most = ShadowTraffic.MOST_AT_WORK + ShadowTraffic.MOST_WAITING;
        for (int i = 0; i < most + 7; i++) {
            assertThat(gateway.chat(ASK).text()).isEqualTo("It is a cat.");
        }
        assertThat(traffic.dropped()).isEqualTo(7);

        traffic.close();
        traffic.awaitIdle();

        assertThat(results).isEmpty();
        gateway.chat(ASK);
        assertThat(traffic.dropped()).isEqualTo(8);
    }

    @Test
    void aFailureOfTheCandidateIsAResult() throws Exception {
        traffic = traffic(
                ScriptedProvider.of("candidate", ScriptedProvider.failure("candidate", 500, WireError.Kind.SERVER)), 1);
        gateway().chat(ASK);
        traffic.awaitIdle();

        assertThat(results.getFirst().errorType()).isEqualTo("provider_server");
        assertThat(results.getFirst().agreement()).isNull();
        assertThat(traffic.failed()).isEqualTo(1);
    }

    @Test
    void dataThatTheCandidateMayNotSeeIsNotSentThere() throws Exception {
        ScriptedProvider candidate = ScriptedProvider.saying("candidate", "Yes.");
        traffic = traffic(candidate, 1);
        CallOptions secret = CallOptions.builder()
                .routing(RoutingOptions.defaults().withClassification(DataClassification.CUI))
                .build();
        gateway().chat(ASK, secret);
        traffic.awaitIdle();

        assertThat(candidate.calls).isEmpty();
        assertThat(traffic.skipped()).isEqualTo(1);
    }

    @Test
    void theCandidateGetsTheSameMessagesByItsOwnName() throws Exception {
        ScriptedProvider candidate = ScriptedProvider.saying("candidate", "Yes.");
        traffic = traffic(candidate, 1);
        gateway().chat(ASK, CallOptions.builder().requestId("req_7").build());
        traffic.awaitIdle();

        assertThat(candidate.calls.getFirst().apiKey()).isNull();
        assertThat(candidate.calls.getFirst().model()).isEqualTo("small");
        assertThat(candidate.calls.getFirst().request().messages()).isEqualTo(ASK.messages());
    }
}
