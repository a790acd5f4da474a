package dev.llmgateway.api.json;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Traces of calls as JSON. Members are always there, null when there is nothing to say. Times are milliseconds. */
public final class TraceJson {

    private static final int USUAL_BYTES = 8 * 1024;

    private TraceJson() {}

    /** The trace as one JSON object. */
    public static byte[] toBytes(CallTrace trace) {
        JsonWriter json = new JsonWriter(USUAL_BYTES).object();
        if (trace.decision() == null) {
            json.nothing("decision");
        } else {
            json.name("decision");
            DecisionJson.write(json, trace.decision());
        }
        tries(json, trace);
        races(json, trace);
        circuits(json, trace);
        cache(json, trace.cache());
        findings(json, trace);
        raised(json, trace.raised());
        json.array("dropped");
        trace.dropped().forEach(json::text);
        json.endArray();
        charges(json, trace);
        return json.textOrNull("error", trace.error()).endObject().toBytes();
    }

    private static void tries(JsonWriter json, CallTrace trace) {
        json.array("attempts");
        for (CallTrace.Try each : trace.tries()) {
            json.object()
                    .text("provider", each.provider())
                    .text("model", each.model())
                    .textOrNull(
                            "dialect",
                            each.dialect() == null ? null : each.dialect().label());
            RecordJson.millis(json, "began_ms", each.began());
            RecordJson.millis(json, "took_ms", each.took());
            json.textOrNull("result", each.result() == null ? null : word(each.result()))
                    .textOrNull("error_type", each.errorType())
                    .textOrNull("error", each.error());
            RecordJson.millis(json, "retry_after_ms", each.pause());
            json.endObject();
        }
        json.endArray();
    }

    private static void races(JsonWriter json, CallTrace trace) {
        json.array("hedges");
        for (CallTrace.Race race : trace.races()) {
            json.object();
            RecordJson.millis(json, "at_ms", race.at());
            json.text("slow", race.slow())
                    .text("second", race.second())
                    .textOrNull("winner", race.winner())
                    .endObject();
        }
        json.endArray();
    }

    private static void circuits(JsonWriter json, CallTrace trace) {
        json.array("circuit_changes");
        for (CallTrace.CircuitChange change : trace.circuits()) {
            json.object();
            RecordJson.millis(json, "at_ms", change.at());
            json.text("provider", change.provider())
                    .text("model", change.model())
                    .text("from", word(change.from()))
                    .text("to", word(change.to()))
                    .text("reason", change.reason())
                    .endObject();
        }
        json.endArray();
    }

    private static void cache(JsonWriter json, @Nullable CacheLookup cache) {
        if (cache == null) {
            json.nothing("cache");
            return;
        }
        json.object("cache").text("result", CacheResult.of(cache).word());
        Values.number(json, "similarity", cache.similarity());
        json.textOrNull("entry", cache.entry()).endObject();
    }

    private static void findings(JsonWriter json, CallTrace trace) {
        json.array("findings");
        for (ComplianceFinding found : trace.findings()) {
            json.object()
                    .text("side", word(found.side()))
                    .text("action", word(found.action()))
                    .text("kind", found.kind())
                    .text("rule", found.rule())
                    .text("place", found.place())
                    .number("start", found.start())
                    .number("end", found.end())
                    .text("hash", found.hash())
                    .endObject();
        }
        json.endArray().number("findings_left_out", trace.findingsLeftOut());
    }

    private static void raised(JsonWriter json, CallTrace.@Nullable Raised raised) {
        if (raised == null) {
            json.nothing("classification_raised");
            return;
        }
        json.object("classification_raised")
                .text("from", raised.why().before().word())
                .text("to", raised.to().word())
                .text("rule", raised.why().rule())
                .endObject();
    }

    private static void charges(JsonWriter json, CallTrace trace) {
        json.array("charges");
        for (CallTrace.Charged charged : trace.charges()) {
            Spend spend = charged.spend();
            json.object()
                    .text("for", word(charged.reason()))
                    .text("provider", charged.provider())
                    .text("model", charged.model());
            RecordJson.usage(json, spend.usage());
            Values.number(json, "cost_usd", spend.costUsd());
            json.bool("usage_estimated", spend.isEstimated()).endObject();
        }
        json.endArray();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
