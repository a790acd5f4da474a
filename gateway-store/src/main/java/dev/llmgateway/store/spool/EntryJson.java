package dev.llmgateway.store.spool;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FindingCount;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Entries as JSON that loses nothing, unlike what is shown of them: moments are microseconds since 1970, times are nanoseconds,
 * constants have their Java names, and what is null is left out. Members that are not known are passed over, so that an older
 * version reads what a newer one wrote. Only half a pair of surrogates does not survive, which no store could keep either.
 */
final class EntryJson {

    private static final int USUAL_BYTES = 4 * 1024;

    private EntryJson() {}

    static byte[] toBytes(RecordEntry entry) {
        JsonWriter json = new JsonWriter(USUAL_BYTES).object();
        write(json, entry);
        return json.endObject().toBytes();
    }

    /** Writes the members of an entry into the object that is open. */
    static void write(JsonWriter json, RecordEntry entry) {
        switch (entry) {
            case FinishedCall call -> {
                json.object("call");
                record(json, call.record());
                json.endObject().text("trace", call.details().trace());
                bodies(json, call.details().bodies());
            }
            case LateCharge late -> {
                json.object("late").text("id", late.requestId()).number("number", late.number());
                spend(json, late.spend());
                json.endObject();
            }
        }
    }

    private static void record(JsonWriter json, CallRecord call) {
        json.text("id", call.requestId())
                .number("at", ChronoUnit.MICROS.between(Instant.EPOCH, call.at()))
                .text("tenant", call.tenant())
                .optional("dialect", name(call.labels().dialect()))
                .optional("source", call.labels().source())
                .optional("project", call.labels().project())
                .optional("asked", call.asked().model())
                .text("profile", call.asked().profile())
                .text("classification", call.asked().classification().name())
                .bool("stream", call.asked().stream());
        CallRecord.Served served = call.served();
        if (served != null) {
            json.text("provider", served.provider()).text("model", served.model());
        }
        json.number("status", call.end().status()).optional("error", call.end().errorType());
        path(json, call.path());
        json.optional("ttft", nanos(call.times().ttft()))
                .number("latency", call.times().latency().toNanos())
                .number("gateway", call.times().gateway().toNanos());
        spend(json, call.spend());
        findings(json, call.findings());
    }

    private static void path(JsonWriter json, CallRecord.Path path) {
        json.number("attempts", path.attempts())
                .number("failovers", path.failovers())
                .bool("hedged", path.hedged())
                .text("cache", path.cache().name())
                .bool("replayed", path.replayed());
        CallRecord.FailedTry failure = path.lastFailure();
        if (failure != null) {
            json.object("failed_try")
                    .text("error", failure.errorType())
                    .text("provider", failure.target().provider())
                    .text("model", failure.target().model())
                    .endObject();
        }
    }

    private static void findings(JsonWriter json, List<FindingCount> findings) {
        json.array("findings");
        for (FindingCount found : findings) {
            json.object()
                    .text("kind", found.kind())
                    .text("action", found.action().name())
                    .number("count", found.count())
                    .endObject();
        }
        json.endArray();
    }

    private static void spend(JsonWriter json, Spend spend) {
        Usage usage = spend.usage();
        json.number("input", usage.input())
                .number("cache_read", usage.cacheRead())
                .number("cache_write_5m", usage.cacheWrite5m())
                .number("cache_write_1h", usage.cacheWrite1h())
                .number("output", usage.output())
                .number("reasoning", usage.reasoning());
        Double cost = spend.costUsd();
        if (cost != null && Double.isFinite(cost)) {
            json.number("cost", cost);
        }
        json.bool("estimated", spend.isEstimated());
    }

    private static void bodies(JsonWriter json, @Nullable Bodies bodies) {
        if (bodies != null) {
            json.object("bodies")
                    .optional("request", bodies.request())
                    .optional("answer", bodies.answer())
                    .endObject();
        }
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    private static @Nullable Long nanos(@Nullable Duration time) {
        return time == null ? null : Long.valueOf(time.toNanos());
    }

    /**
     * Reads an entry.
     *
     * @throws RuntimeException when this is none
     */
    static RecordEntry of(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        JsonNode late = json.get("late");
        return late == null
                ? new FinishedCall(
                        call(json.required("call")),
                        new WrittenDetails(json.required("trace").stringValue(), bodiesOf(json.get("bodies"))))
                : new LateCharge(textOf(late, "id"), late.required("number").intValue(), spendOf(late));
    }

    private static CallRecord call(JsonNode json) {
        String dialect = textOrNull(json, "dialect");
        return new CallRecord(
                textOf(json, "id"),
                Instant.EPOCH.plus(json.required("at").longValue(), ChronoUnit.MICROS),
                textOf(json, "tenant"),
                new CallLabels(
                        dialect == null ? null : Dialect.valueOf(dialect),
                        textOrNull(json, "source"),
                        textOrNull(json, "project")),
                new CallRecord.Asked(
                        textOrNull(json, "asked"),
                        textOf(json, "profile"),
                        DataClassification.valueOf(textOf(json, "classification")),
                        flag(json, "stream")),
                json.has("provider") ? servedOf(json) : null,
                new CallRecord.End(json.required("status").intValue(), textOrNull(json, "error")),
                pathOf(json),
                new CallRecord.Times(
                        json.has("ttft") ? time(json, "ttft") : null, time(json, "latency"), time(json, "gateway")),
                spendOf(json),
                json.required("findings").values().stream()
                        .map(EntryJson::findingOf)
                        .toList());
    }

    private static CallRecord.Served servedOf(JsonNode json) {
        return new CallRecord.Served(textOf(json, "provider"), textOf(json, "model"));
    }

    private static CallRecord.Path pathOf(JsonNode json) {
        JsonNode failure = json.get("failed_try");
        return new CallRecord.Path(
                json.required("attempts").intValue(),
                json.required("failovers").intValue(),
                flag(json, "hedged"),
                CacheResult.valueOf(textOf(json, "cache")),
                flag(json, "replayed"),
                failure == null ? null : new CallRecord.FailedTry(textOf(failure, "error"), servedOf(failure)));
    }

    private static FindingCount findingOf(JsonNode json) {
        return new FindingCount(
                textOf(json, "kind"),
                ComplianceFinding.Action.valueOf(textOf(json, "action")),
                json.required("count").intValue());
    }

    private static Spend spendOf(JsonNode json) {
        Usage usage = new Usage(
                number(json, "input"),
                number(json, "cache_read"),
                number(json, "cache_write_5m"),
                number(json, "cache_write_1h"),
                number(json, "output"),
                number(json, "reasoning"));
        return new Spend(usage, json.has("cost") ? json.get("cost").doubleValue() : null, flag(json, "estimated"));
    }

    private static @Nullable Bodies bodiesOf(@Nullable JsonNode json) {
        return json == null ? null : new Bodies(textOrNull(json, "request"), textOrNull(json, "answer"));
    }

    private static String textOf(JsonNode json, String name) {
        return json.required(name).stringValue();
    }

    private static @Nullable String textOrNull(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.stringValue();
    }

    private static long number(JsonNode json, String name) {
        return json.required(name).longValue();
    }

    private static boolean flag(JsonNode json, String name) {
        return json.required(name).booleanValue();
    }

    private static Duration time(JsonNode json, String name) {
        return Duration.ofNanos(number(json, name));
    }
}
