package dev.llmgateway.store.postgres;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.records.FindingCount;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What was found in a call, as the JSON of its column. */
final class FindingsJson {

    private FindingsJson() {}

    static String write(List<?> findings) {
        JsonWriter json = new JsonWriter().array();
        for (Object each : findings) {
            FindingCount found = (FindingCount) each;
            json.object()
                    .text("kind", CleanText.of(found.kind()))
                    .text("action", word(found))
                    .number("count", found.count())
                    .endObject();
        }
        return new String(json.endArray().toBytes(), StandardCharsets.UTF_8);
    }

    static List<FindingCount> read(String text) {
        List<FindingCount> findings = new ArrayList<>();
        for (JsonNode found : Json.parse(text)) {
            findings.add(new FindingCount(
                    found.path("kind").asString(""),
                    ComplianceFinding.Action.valueOf(
                            found.path("action").asString("").toUpperCase(Locale.ROOT)),
                    found.path("count").asInt(0)));
        }
        return findings;
    }

    /** The action as the column spells it. */
    static String word(FindingCount found) {
        return found.action().name().toLowerCase(Locale.ROOT);
    }
}
