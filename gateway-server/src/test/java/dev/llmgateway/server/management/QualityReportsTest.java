package dev.llmgateway.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QualityReportsTest {

    private static final String CARD = "openai/gpt-4o";

    private Instant now = Instant.parse("2026-03-14T15:30:00Z");
    private final InstantSource clock = () -> now;
    private final LiveCatalog catalog = new LiveCatalog(
            ModelCatalog.of(List.of(ModelCard.builder(CARD, "openai", "gpt-4o").build())));
    private final AdaptiveQuality quality = AdaptiveQuality.of(catalog, clock);
    private final QualityReports reports = new QualityReports(catalog, quality, quality::record, clock);

    private void report(double value, int times) {
        String one = "{\"model_card_id\":\"%s\",\"task_type\":\"coding\",\"signal_type\":\"tests\",\"value\":%s}"
                .formatted(CARD, value);
        reports.record(utf8("[" + String.join(",", Collections.nCopies(times, one)) + "]"));
    }

    private JsonNode alerts(String body) {
        return Json.parse(reports.alerts(utf8(body)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aModelThatGotWorseIsTold() {
        report(0.8, 40);
        now = now.plus(Duration.ofHours(24));
        report(0.6, 31);
        assertThat(alerts("").toString()).isEqualTo("""
                {"alerts":[{"model_card_id":"openai/gpt-4o","task_type":"coding","previous_mean":0.8,"current_mean":0.6,\
                "drop":0.25,"previous_samples":40,"current_samples":31}],\
                "window_hours":24,"threshold":0.1,"min_samples":20}""");
        assertThat(alerts("{\"threshold\":0.3}").get("alerts")).isEmpty();
        assertThat(alerts("{\"min_samples\":32}").get("alerts")).isEmpty();
        assertThat(alerts("{\"window_hours\":1}").get("alerts")).isEmpty();
    }

    @Test
    void reportsCarryTheTimeAtWhichTheyCame() {
        report(1, 1);
        JsonNode signal = Json.parse(reports.drain()).get("signals").get(0);
        assertThat(signal.get("recorded_at").stringValue()).isEqualTo("2026-03-14T15:30:00Z");
    }
}
