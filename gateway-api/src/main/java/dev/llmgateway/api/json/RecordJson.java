package dev.llmgateway.api.json;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FindingCount;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records of calls as JSON: the same members in a line of the request log and in answers. They are always there, null when there
 * is nothing to say. Times are milliseconds, to the microsecond; moments are RFC 3339 in UTC.
 */
public final class RecordJson {

    private static final int USUAL_BYTES = 1024;

    private static final int NANOS_IN_MICRO = 1_000;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private RecordJson() {}

    /** The record as one JSON object. */
    public static byte[] toBytes(CallRecord call) {
        JsonWriter json = new JsonWriter(USUAL_BYTES).object();
        members(json, call);
        return json.endObject().toBytes();
    }

    /** Writes the members of a record into the object that is open. */
    public static void members(JsonWriter json, CallRecord call) {
        json.text("ts", moment(call.at())).text("request_id", call.requestId());
        asked(json, call);
        CallRecord.Served served = call.served();
        json.textOrNull("provider", served == null ? null : served.provider())
                .textOrNull("model", served == null ? null : served.model())
                .number("status", call.end().status())
                .textOrNull("error_type", call.end().errorType());
        path(json, call.path());
        json.bool("stream", call.asked().stream());
        millis(json, "ttft_ms", call.times().ttft());
        millis(json, "latency_ms", call.times().latency());
        millis(json, "gateway_ms", call.times().gateway());
        usage(json, call.spend().usage());
        Values.number(json, "cost_usd", call.spend().costUsd());
        json.bool("usage_estimated", call.spend().isEstimated());
        findings(json, call);
    }

    /** The years 0 to 9999. Every call has its line in the log, and a formatter takes five times as long. */
    private static String moment(Instant at) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
        char[] text = "0000-00-00T00:00:00.000000Z".toCharArray();
        digits(text, 4, time.getYear());
        digits(text, 7, time.getMonthValue());
        digits(text, 10, time.getDayOfMonth());
        digits(text, 13, time.getHour());
        digits(text, 16, time.getMinute());
        digits(text, 19, time.getSecond());
        digits(text, 26, time.getNano() / NANOS_IN_MICRO);
        return new String(text);
    }

    /** Writes a number over the zeros before {@code end}. */
    private static void digits(char[] text, int end, int number) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            at--;
            text[at] = (char) ('0' + rest % 10);
        }
    }

    private static void asked(JsonWriter json, CallRecord call) {
        json.text("tenant", call.tenant())
                .textOrNull("source", call.labels().source())
                .textOrNull("project", call.labels().project())
                .textOrNull(
                        "dialect",
                        call.labels().dialect() == null
                                ? null
                                : call.labels().dialect().label())
                .text("profile", call.asked().profile())
                .text("classification", call.asked().classification().word())
                .textOrNull("requested_model", call.asked().model());
    }

    private static void path(JsonWriter json, CallRecord.Path path) {
        CallRecord.FailedTry failure = path.lastFailure();
        json.number("attempts", path.attempts())
                .number("failovers", path.failovers())
                .textOrNull("attempt_error", failure == null ? null : failure.errorType())
                .textOrNull(
                        "failed_provider",
                        failure == null ? null : failure.target().provider())
                .textOrNull(
                        "failed_model",
                        failure == null ? null : failure.target().model())
                .bool("hedged", path.hedged())
                .text("cache", path.cache().word())
                .bool("replayed", path.replayed());
    }

    /** Writes tokens by their kinds: {@code input_tokens} is the whole prompt, cached tokens included. */
    public static void usage(JsonWriter json, Usage usage) {
        json.number("input_tokens", usage.totalInput())
                .number("output_tokens", usage.output())
                .number("cached_tokens", usage.cacheRead())
                .number("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
                .number("reasoning_tokens", usage.reasoning());
    }

    private static void findings(JsonWriter json, CallRecord call) {
        json.array("findings");
        for (FindingCount found : call.findings()) {
            json.object()
                    .text("kind", found.kind())
                    .text("action", found.action().name().toLowerCase(Locale.ROOT))
                    .number("count", found.count())
                    .endObject();
        }
        json.endArray();
    }

    /** Writes a time in milliseconds, to the microsecond. */
    static void millis(JsonWriter json, String name, @Nullable Duration time) {
        if (time == null) {
            json.nothing(name);
        } else {
            json.number(name, Math.round(time.toNanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI);
        }
    }
}
