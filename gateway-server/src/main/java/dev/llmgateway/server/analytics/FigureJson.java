package dev.llmgateway.server.analytics;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.Duration;
import java.util.List;

/** Sums of calls as members of JSON objects, and what can be done with such sums. */
final class FigureJson {

    /** The members of a sum. */
    static final List<String> COLUMNS = List.of(
            "requests",
            "succeeded",
            "failed",
            "aborted",
            "mitigated",
            "success_rate",
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "cache_write_tokens",
            "reasoning_tokens",
            "cost_usd",
            "latency_p50_ms",
            "latency_p95_ms");

    /** Those of {@link #COLUMNS} that a sum of sums does not have. */
    static final List<String> LATENCIES = List.of("latency_p50_ms", "latency_p95_ms");

    private FigureJson() {}

    /** Writes all members. */
    static void members(JsonWriter json, Figures sum) {
        membersWithoutLatency(json, sum);
        json.number("latency_p50_ms", sum.p50().toMillis())
                .number("latency_p95_ms", sum.p95().toMillis());
    }

    /** Writes all but the percentiles, which a sum of sums does not have. */
    static void membersWithoutLatency(JsonWriter json, Figures sum) {
        json.number("requests", sum.requests())
                .number("succeeded", sum.succeeded())
                .number("failed", sum.failed())
                .number("aborted", sum.aborted())
                .number("mitigated", sum.mitigated());
        successRate(json, sum);
        RecordJson.usage(json, sum.usage());
        json.number("cost_usd", sum.costUsd());
    }

    /** Writes the rate, or null where there was no call whose client waited for its end. */
    static void successRate(JsonWriter json, Figures sum) {
        Double rate = sum.successRate();
        if (rate == null) {
            json.nothing("success_rate");
        } else {
            json.number("success_rate", rate);
        }
    }

    /** The one sum of a question for one; of no calls when there is none. */
    static Figures only(List<SumRow> rows) {
        return rows.isEmpty() ? Figures.NONE : rows.getFirst().figures();
    }

    /** Both together, without percentiles. */
    static Figures plus(Figures one, Figures other) {
        return combined(one, other, 1);
    }

    /** What is left of a sum without a part of it, without percentiles. */
    static Figures minus(Figures whole, Figures part) {
        return combined(whole, part, -1);
    }

    private static Figures combined(Figures one, Figures other, int sign) {
        Usage a = one.usage();
        Usage b = other.usage();
        boolean isNothing = one.requests() + sign * other.requests() == 0;
        return new Figures(
                one.requests() + sign * other.requests(),
                one.succeeded() + sign * other.succeeded(),
                one.mitigated() + sign * other.mitigated(),
                one.aborted() + sign * other.aborted(),
                new Usage(
                        a.input() + sign * b.input(),
                        a.cacheRead() + sign * b.cacheRead(),
                        a.cacheWrite5m() + sign * b.cacheWrite5m(),
                        a.cacheWrite1h() + sign * b.cacheWrite1h(),
                        a.output() + sign * b.output(),
                        a.reasoning() + sign * b.reasoning()),
                isNothing ? 0 : one.costUsd() + sign * other.costUsd(),
                Duration.ZERO,
                Duration.ZERO);
    }

    /** The sum with the percentiles of another one. */
    static Figures withPercentilesOf(Figures other, Figures sum) {
        return new Figures(
                sum.requests(),
                sum.succeeded(),
                sum.mitigated(),
                sum.aborted(),
                sum.usage(),
                sum.costUsd(),
                other.p50(),
                other.p95());
    }
}
