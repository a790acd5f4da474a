package dev.llmgateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.GatewayException.Unavailable;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.json.TraceDetails;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.shadow.ShadowTraffic;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.providers.Providers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gateway_\\w+)` \\| ([^|]*)\\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(gateway_\\w+?)(?:_(?:bucket|count|sum|max))?(\\{.*})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Test
    void thePageNamesEveryMeterWithItsLabelsAndNoOther() throws IOException {
        assertThat(onThePage()).isEqualTo(shown());
    }

    private static Map<String, Set<String>> onThePage() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> words(WORD, row.group(2))));
    }

    private static Map<String, Set<String>> shown() {
        Map<String, Set<String>> shown = new TreeMap<>();
        SAMPLE.matcher(scrape())
                .results()
                .forEach(sample -> shown.computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                        .addAll(sample.group(2) == null ? Set.of() : words(LABEL, sample.group(2))));
        shown.values().forEach(labels -> labels.remove("le"));
        return shown;
    }

    private static Set<String> words(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult word) -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Something of everything. */
    private static String scrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            Meters meters = new Meters(registry, (provider, model, usage) -> 1.0);
            meters.refused(400);
            meters.duration("openai", Duration.ofMillis(1));
            meters.charge("openai", "gpt-5.4", new Charge(Usage.of(1, 1), true));
            meters.cacheHit("exact");
            meters.cacheMiss();
            meters.embedded("openai", "small", Usage.of(1, 0));
            meters.upstream().failure("openai", new TimedOut("took too long", false));
            meters.upstream().retry("openai");
            meters.found(Side.ANSWER, "email", ComplianceFinding.Action.REDACTED);
            meters.upstream().failover("openai", "anthropic");
            meters.upstream().hedge("won");
            meters.upstream().discarded("openai", Usage.of(1, 1));
            meters.rateLimited(Limit.REQUESTS_PER_MINUTE);
            meters.circuits().changed("openai", "gpt-5.4", "open", () -> 2);
            useProvider(meters);
            RecordMetrics.show(meters, () -> 1, () -> 0);
            RecordMetrics.showSpool(meters, new RecordMetrics.Spooling(() -> 1, () -> 1, () -> 0, () -> 1));
            RecordMetrics.showForgotten(meters, () -> 0);
            RecordMetrics.showLog(meters, () -> 0);
            SignalMetrics.show(meters, () -> 1, () -> 0);
            ShadowMetrics.show(meters, shadowTraffic(), () -> 0);
            meters.firstToken("openai", Duration.ofMillis(1));
            new OverheadMetrics(meters).accept(answered());
            return registry.scrape();
        } finally {
            registry.close();
        }
    }

    private static ShadowTraffic shadowTraffic() {
        Gateway nobody = Gateway.builder()
                .router(exchange -> {
                    throw new IllegalStateException("nobody is asked");
                })
                .build();
        return ShadowTraffic.to(nobody, "gpt-5.4", 0, result -> {});
    }

    private static FinishedCall answered() {
        Duration time = Duration.ofMillis(1);
        CallRecord record = new CallRecord(
                "req_1",
                Instant.EPOCH,
                "default",
                CallLabels.NONE,
                new CallRecord.Asked("gpt-5.4", "balanced", DataClassification.INTERNAL, false),
                new CallRecord.Served("openai", "gpt-5.4"),
                new CallRecord.End(200, null),
                new CallRecord.Path(1, 0, false, CacheResult.OFF, false, null),
                new CallRecord.Times(time, time, time),
                Spend.NOTHING,
                List.of());
        return new FinishedCall(record, new TraceDetails(CallTrace.EMPTY));
    }

    private static void useProvider(Meters meters) {
        ChatRequest request = ChatRequest.builder("gpt-5.4").user("Hello").build();
        Exchange exchange = new Exchange("req_1", request, CallOptions.defaults(), 0, 0);
        try (Provider provider = Providers.local("local", "http://127.0.0.1:1/v1")) {
            Attempt attempt = new Attempt(exchange, new RouteTarget(provider, "gpt-5.4"), new Cancellation());
            new ConnectionMetrics(meters).attemptStarted(attempt);
            new QuotaMetrics(meters, id -> 1)
                    .attemptFailed(
                            attempt, new Unavailable("used up", Cause.QUOTA_EXHAUSTED, Duration.ofSeconds(1)), null);
        }
    }
}
