package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.store.postgres.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The dashboard and the alert rules ask for metrics and labels that gateways show. */
final class OperationsFilesTest {

    private static final Path FILES = Path.of("..", "docs", "operations");
    private static final String CHAT = "/v1/chat/completions";
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** Metrics to their labels, of gateways that have served calls of every kind. */
    private static final Map<String, Set<String>> SHOWN = new TreeMap<>();

    @BeforeAll
    static void serveCallsOfEveryKind() throws InterruptedException {
        try (TestServer server = TestServer.start(EVERYTHING)) {
            answered(server);
            hedged(server);
            remembered(server);
            refused(server);
            failed(server);
            System.gc();
            Eventually.assertThatSoon(
                    () -> assertThat(server.get("/metrics").body()).contains("jvm_gc_pause_seconds_sum"));
            note(server);
        }
        try (TestServer server = TestServer.start(
                "[provider_quota]\nenabled = true\n" + "[provider_quota.provider_limits.openai]\nrpm = 2\n")) {
            for (int i = 0; i < 5; i++) {
                chat(server, "openai/gpt-4o", false);
            }
            note(server);
        }
        try (TestServer server = TestServer.start(
                "[metrics]\npublic = true\n[database]\nurl = \"" + TestDatabase.newUrl() + "\"\n" + SHADOW)) {
            assertThat(server.get("/v1/requests").statusCode()).isEqualTo(200);
            note(server);
        }
        SHOWN.computeIfAbsent("gateway_request_log_dropped_total", name -> new TreeSet<>());
    }

    private static final String EVERYTHING = """
            [metrics]
            public = true
            [auth]
            required = false
            [cache]
            enabled = true
            [sanitization]
            enabled = true
            redact_pii = true
            [resilience.hedge]
            enabled = true
            hedge_delay_ms = 100
            max_extra_percent = 100
            [resilience.default_retry_policy]
            max_attempts = 2
            base_delay_ms = 1
            max_delay_ms = 2
            [rate_limit]
            enabled = true
            default_limits = { rpm = 1000, tpm = 1000000 }
            [rate_limit.tenant_limits.small]
            rpm = 1
            tpm = 1000000
            [key_map.vk-small]
            label = "Small"
            """;

    private static final String SHADOW = """
            [shadow]
            enabled = true
            sample_rate = 1.0
            model = "anthropic/claude-sonnet-4-5"
            """;

    private static void answered(TestServer server) {
        assertThat(chat(server, "openai/gpt-4o", false).statusCode()).isEqualTo(200);
        assertThat(chat(server, "openai/gpt-4o", true).statusCode()).isEqualTo(200);
    }

    private static void remembered(TestServer server) {
        String cold = """
                {"model":"openai/gpt-4o","temperature":0,"messages":[{"role":"user","content":"Mail jane.doe@example.org"}]}""";
        server.post(CHAT, cold);
        server.post(CHAT, cold);
    }

    private static void failed(TestServer server) {
        server.openAi.enqueue(Reply.failure(503), Reply.failure(503));
        chat(server, "openai/gpt-4o", false);
        for (int i = 0; i < 6; i++) {
            server.openAi.enqueue(Reply.failure(500), Reply.failure(500));
            chat(server, "openai/gpt-4o-mini", false, "x-gateway-failover", "disabled");
        }
    }

    private static void refused(TestServer server) {
        chat(server, "openai/gpt-4o", false, "authorization", "Bearer vk-small");
        chat(server, "openai/gpt-4o", false, "authorization", "Bearer vk-small");
    }

    private static void hedged(TestServer server) {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());
        chat(server, "openai/gpt-4o", false, "x-routing-profile", "realtime");
    }

    private static HttpResponse<String> chat(TestServer server, String model, boolean stream, String... headers) {
        return server.post(CHAT, """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(model, stream), headers);
    }

    private static void note(TestServer server) {
        Matcher samples = SAMPLE.matcher(server.get("/metrics").body());
        while (samples.find()) {
            Set<String> labels = SHOWN.computeIfAbsent(samples.group(1), name -> new TreeSet<>());
            if (samples.group(2) != null) {
                LABEL.matcher(samples.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
            // What Prometheus adds to whatever it scrapes.
            labels.add("instance");
        }
    }

    @Test
    void theDashboardAsksForWhatIsThere() throws IOException {
        JsonNode dashboard = Json.parse(Files.readString(FILES.resolve("grafana-dashboard.json")));
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.get("expr").asString();
                queries.add(query);
                assertThat(PromQuery.labelsOfLegend(target.get("legendFormat").asString()))
                        .as(query)
                        .isSubsetOf(labelsOf(PromQuery.of(query)));
            }
        }
        for (JsonNode variable : dashboard.get("templating").get("list")) {
            String query = variable.path("query").path("query").asString("");
            if (!query.isEmpty()) {
                queries.add(query);
            }
        }

        assertThat(queries).hasSizeGreaterThan(30).allSatisfy(OperationsFilesTest::asksForWhatIsThere);
    }

    @Test
    void theDashboardShowsWhatGrowsBesideTheCalls() throws IOException {
        String dashboard = Files.readString(FILES.resolve("grafana-dashboard.json"));

        assertThat(SHOWN.keySet())
                .filteredOn(name -> name.startsWith("gateway_shadow_") || name.startsWith("gateway_signals_"))
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(dashboard).contains(name));
        assertThat(dashboard).contains("hikaricp_connections_active", "hikaricp_connections_timeout_total");
    }

    @Test
    void theAlertRulesAskForWhatIsThere() throws IOException {
        JsonNode rules = YAMLMapper.shared()
                .readTree(Files.readString(FILES.resolve("prometheus-alerts.yml")))
                .get("groups")
                .get(0)
                .get("rules");

        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.get("alert").asString()).startsWith("Gateway");
            assertThat(rule.get("labels").get("severity").asString()).isIn("critical", "warning", "info");
            assertThat(rule.get("annotations").get("summary").asString()).isNotBlank();
            asksForWhatIsThere(rule.get("expr").asString());
        });
    }

    @Test
    void aRenamedMetricOrLabelWouldBeNoticed() {
        PromQuery query = PromQuery.of("""
                sum by (le, provder) (rate(gateway_nothing_bucket{modle="x", provider=~"$provider"}[5m]))
                  / on (instance) histogram_quantile(0.9, gateway_tokens_total offset 1h) > 0.5 and vector(1)""");

        assertThat(query.metrics()).containsExactlyInAnyOrder("gateway_nothing_bucket", "gateway_tokens_total");
        assertThat(query.labels()).containsExactlyInAnyOrder("le", "provder", "modle", "provider", "instance");
    }

    private static void asksForWhatIsThere(String text) {
        PromQuery query = PromQuery.of(text);
        assertThat(query.metrics()).as(text).isNotEmpty().isSubsetOf(SHOWN.keySet());
        assertThat(query.labels()).as(text).isSubsetOf(labelsOf(query));
    }

    private static Set<String> labelsOf(PromQuery query) {
        Set<String> labels = new TreeSet<>();
        query.metrics().forEach(metric -> labels.addAll(SHOWN.getOrDefault(metric, Set.of())));
        labels.add("instance");
        return labels;
    }
}
