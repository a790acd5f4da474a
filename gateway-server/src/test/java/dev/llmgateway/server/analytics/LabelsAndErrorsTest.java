package dev.llmgateway.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who called, what for, and what failed. */
class LabelsAndErrorsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static final int MANY = 10_500;

    private final Calls calls = new Calls();

    private static JsonNode ask(TabularView view, Map<String, List<String>> parameters) {
        return Json.parse(view.json(parameters));
    }

    private JsonNode errors(Map<String, List<String>> parameters) {
        return ask(new ErrorAnalytics(calls.store, CLOCK), parameters);
    }

    private void addFailures() {
        calls.add(
                Calls.at(NOW),
                Calls.at(NOW).failed(502, "provider_server"),
                Calls.at(NOW).unserved().failed(404, "model_not_found"),
                Calls.at(NOW).served("anthropic", "claude").mended("provider_server", "openai", "gpt-4o"),
                Calls.at(NOW).served("anthropic", "claude").mended("timeout", "openai", "gpt-4o"),
                Calls.at(NOW).failed(499, "cancelled"));
    }

    @Test
    void failuresAreTheirsWhoFailedNotTheirsWhoAnswered() {
        addFailures();

        JsonNode answer = errors(Map.of());

        assertThat(answer.get("requests").longValue()).isEqualTo(6);
        assertThat(answer.get("customer_impacting").get("requests").longValue()).isEqualTo(2);
        assertThat(answer.get("mitigated").get("requests").longValue()).isEqualTo(2);
        assertThat(answer.get("providers").toString())
                .isEqualTo("[{\"provider\":\"openai\",\"customer_impacting\":1,\"mitigated\":2},"
                        + "{\"provider\":null,\"customer_impacting\":1,\"mitigated\":0}]");
        assertThat(answer.get("models").get(0).get("model").stringValue()).isEqualTo("gpt-4o");
        assertThat(answer.get("error_types")
                        .valueStream()
                        .map(row -> row.get("error_type").stringValue()))
                .containsExactly("provider_server", "model_not_found", "timeout");
        assertThat(answer.get("others").isNull()).isTrue();
    }

    @Test
    void examplesAreTheNewestWithTheirIds() {
        addFailures();

        JsonNode answer = errors(Map.of("limit", List.of("1")));

        assertThat(answer.get("customer_impacting").get("examples").size()).isEqualTo(1);
        assertThat(answer.get("customer_impacting")
                        .get("examples")
                        .get(0)
                        .get("request_id")
                        .stringValue())
                .isEqualTo("req_3");
        assertThat(answer.get("mitigated")
                        .get("examples")
                        .get(0)
                        .get("error_type")
                        .isNull())
                .isTrue();
        assertThat(answer.get("mitigated")
                        .get("examples")
                        .get(0)
                        .get("failed_provider")
                        .stringValue())
                .isEqualTo("openai");
    }

    @Test
    void filteringFailuresByProviderMeansWhoFailed() {
        addFailures();

        assertThat(errors(Map.of("provider", List.of("anthropic")))
                        .get("mitigated")
                        .get("requests")
                        .longValue())
                .isZero();
        assertThat(errors(Map.of("provider", List.of("openai"), "model", List.of("gpt-4o")))
                        .get("mitigated")
                        .get("requests")
                        .longValue())
                .isEqualTo(2);
        assertThat(errors(Map.of("impact", List.of("mitigated")))
                        .get("customer_impacting")
                        .get("requests")
                        .longValue())
                .isZero();
    }

    @Test
    void requestersAreToldWithTheirModels() {
        calls.add(
                Calls.at(NOW).by("ide"),
                Calls.at(NOW.minusSeconds(60))
                        .by("ide")
                        .served("anthropic", "claude")
                        .failed(502, "provider_server"),
                Calls.at(NOW.minusSeconds(30)).by("ide"),
                Calls.at(NOW).by(null));

        JsonNode answer = ask(LabelAnalytics.requesters(calls.store, CLOCK), Map.of());

        JsonNode ide = answer.get("requesters").get(0);
        assertThat(ide.get("source").stringValue()).isEqualTo("ide");
        assertThat(ide.get("requests").longValue()).isEqualTo(3);
        assertThat(ide.get("success_rate").doubleValue()).isBetween(0.66, 0.67);
        assertThat(ide.get("first_seen").stringValue()).isEqualTo("2026-11-22T11:59:00Z");
        assertThat(ide.get("last_seen").stringValue()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(ide.get("models").get(0).get("model").stringValue()).isEqualTo("gpt-4o");
        assertThat(ide.get("models").get(0).get("requests").longValue()).isEqualTo(2);
        assertThat(ide.get("models").get(1).get("success_rate").doubleValue()).isZero();
        JsonNode nobody = answer.get("requesters").get(1);
        assertThat(nobody.get("source").isNull()).isTrue();
        assertThat(nobody.get("models").get(0).get("requests").longValue()).isEqualTo(1);
    }

    @Test
    void projectsAreThoseOfTheLastThirtyDaysUnlessToldOtherwise() {
        calls.add(
                Calls.at(NOW.minusSeconds(29 * 86_400)).of("moon"),
                Calls.at(NOW.minusSeconds(31 * 86_400)).of("mars"));
        LabelAnalytics projects = LabelAnalytics.projects(calls.store, CLOCK);

        assertThat(ask(projects, Map.of()).get("projects").size()).isEqualTo(1);
        JsonNode all = ask(projects, Map.of("period", List.of("all"), "limit", List.of("1")));
        assertThat(all.get("from").isNull()).isTrue();
        assertThat(all.get("projects").size()).isEqualTo(1);
        assertThat(all.get("others").get("values").intValue()).isEqualTo(1);
        assertThat(all.get("others").get("cost_usd").doubleValue()).isEqualTo(0.25);
    }

    /** One call of each, so more sources than a store lists. */
    private void addManySources() {
        for (int i = 0; i < MANY; i++) {
            calls.add(Calls.at(NOW).by("source-" + i));
        }
    }

    @Test
    void othersAreTheWholeLessWhatIsShownHoweverManyTheyAre() {
        addManySources();

        JsonNode answer = ask(LabelAnalytics.requesters(calls.store, CLOCK), Map.of("limit", List.of("10")));

        JsonNode others = answer.get("others");
        assertThat(answer.get("requesters").size()).isEqualTo(10);
        assertThat(others.get("requests").longValue()).isEqualTo(MANY - 10);
        assertThat(others.get("succeeded").longValue()).isEqualTo(MANY - 10);
        assertThat(others.get("cost_usd").doubleValue()).isEqualTo((MANY - 10) * 0.25, Offset.offset(1e-6));
        assertThat(others.get("values").isNull()).isTrue();
        for (JsonNode shown : answer.get("requesters")) {
            assertThat(shown.get("models").size()).isEqualTo(1);
            assertThat(shown.get("unlisted_requests").longValue()).isZero();
        }
    }

    @Test
    void tablesEndWithARowOfAllThatHaveNone() {
        addManySources();
        LabelAnalytics requesters = LabelAnalytics.requesters(calls.store, CLOCK);

        List<JsonNode> rows = rows(requesters.table(Map.of()));
        assertThat(rows).hasSize(10_001);
        assertThat(rows.stream().mapToLong(row -> row.get("requests").longValue()))
                .allMatch(requests -> requests > 0)
                .satisfies(all -> assertThat(
                                all.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(MANY));
        assertThat(rows.getFirst().get("others").booleanValue()).isFalse();
        assertThat(rows.getLast().get("others").booleanValue()).isTrue();
        assertThat(rows.getLast().get("source").isNull()).isTrue();
        assertThat(rows.getLast().get("requests").longValue()).isEqualTo(MANY - 10_000);

        List<JsonNode> few = rows(requesters.table(Map.of("limit", List.of("2"))));
        assertThat(few).hasSize(3);
        assertThat(few.getLast().get("requests").longValue()).isEqualTo(MANY - 2);
    }

    @Test
    void tablesThatHaveEverythingHaveNoRowOfOthers() {
        calls.add(Calls.at(NOW).by("ide"), Calls.at(NOW).by(null));

        assertThat(rows(LabelAnalytics.requesters(calls.store, CLOCK).table(Map.of())))
                .hasSize(2)
                .noneMatch(row -> row.get("others").booleanValue());
    }

    /** Each has what the table says, and nothing else. */
    private static List<JsonNode> rows(Table table) {
        List<JsonNode> rows = new ArrayList<>();
        table.rows().forEachRemaining(row -> rows.add(Json.parse(row)));
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(row.propertyNames()).containsExactlyInAnyOrderElementsOf(table.columns()));
        return rows;
    }

    /** Each call fails at a model of its own; every second one is answered by another. */
    private void addManyFailures() {
        for (int i = 0; i < MANY; i++) {
            calls.add(Calls.at(NOW).served("openai", "model-" + i).failed(502, "provider_server"));
            calls.add(Calls.at(NOW).mended("timeout", "openai", "model-" + i));
        }
        calls.add(Calls.at(NOW).failed(502, "provider_server"), Calls.at(NOW).failed(502, "provider_server"));
    }

    @Test
    void failuresThatAreTooManyToBeListedAreCounted() {
        addManyFailures();

        JsonNode answer = errors(Map.of());

        assertThat(answer.get("customer_impacting").get("requests").longValue()).isEqualTo(MANY + 2);
        assertThat(answer.get("mitigated").get("requests").longValue()).isEqualTo(MANY);
        assertThat(answer.get("others").toString()).isEqualTo("{\"customer_impacting\":501,\"mitigated\":500}");
        assertThat(errors(Map.of("impact", List.of("mitigated"))).get("others").toString())
                .isEqualTo("{\"customer_impacting\":0,\"mitigated\":500}");
        List<JsonNode> rows = rows(new ErrorAnalytics(calls.store, CLOCK).table(Map.of("impact", List.of("customer"))));
        assertThat(rows).hasSize(10_001);
        assertThat(rows.getFirst().get("others").booleanValue()).isFalse();
        assertThat(rows.getLast().toString())
                .isEqualTo("{\"error_type\":null,\"provider\":null,\"model\":null,"
                        + "\"customer_impacting\":501,\"mitigated\":0,\"others\":true}");
    }

    @Test
    void statisticsTellOfModelsThatAreTooManyToBeListed() {
        addManyFailures();
        GatewayStatistics statistics = new Analytics(calls.store, CLOCK, List.of()).statistics();

        JsonNode answer = Json.parse(statistics.show(Map.of("impact", List.of("customer"))));

        assertThat(answer.get("requests").longValue()).isEqualTo(MANY + 2);
        assertThat(answer.get("providers").size()).isEqualTo(10_000);
        assertThat(answer.get("others").get("values").isNull()).isTrue();
        assertThat(answer.get("others").get("requests").longValue()).isEqualTo(501);
        JsonNode few = Json.parse(statistics.show(Map.of("impact", List.of("mitigated"))));
        assertThat(few.get("others").isNull()).isTrue();
    }

    @Test
    void limitsBeyondTheHighestAreRefused() {
        assertThatThrownBy(() -> errors(Map.of("limit", List.of("101"))))
                .hasMessageContaining("limit: must be a whole number from 1 to 100");
        assertThatThrownBy(() -> ask(LabelAnalytics.requesters(calls.store, CLOCK), Map.of("limit", List.of("501"))))
                .hasMessageContaining("limit: must be a whole number from 1 to 500");
        assertThatThrownBy(() -> ask(LabelAnalytics.projects(calls.store, CLOCK), Map.of("bucket", List.of("hour"))))
                .hasMessageContaining("query: has a parameter that is not known");
    }

    @Test
    void whatIsErasedIsCounted() {
        calls.add(Calls.at(NOW), Calls.at(NOW));
        Analytics analytics = new Analytics(
                calls.store,
                CLOCK,
                List.of(new Erasable("requests", calls.store::clear), new Erasable("signals", () -> 7)));

        assertThatThrownBy(() -> analytics.erase(Map.of("project", List.of("moon")), false))
                .hasMessageContaining("query: must have no parameters");
        assertThatThrownBy(() -> analytics.erase(Map.of(), true)).hasMessageContaining("body: must be empty");
        assertThat(new String(analytics.erase(Map.of(), false), StandardCharsets.UTF_8))
                .isEqualTo("{\"cleared\":{\"requests\":2,\"signals\":7}}");
    }
}
