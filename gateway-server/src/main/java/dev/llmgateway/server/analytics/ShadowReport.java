package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.records.ShadowSummary;
import dev.llmgateway.api.records.ShadowSummary.Figures;
import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/shadow}: candidate models beside those that answered. Thread safe. */
public final class ShadowReport {

    private static final String MODEL = "model";

    private final ShadowStore store;
    private final InstantSource clock;

    /**
     * What a store's results tell.
     *
     * @param clock tells when periods end that end now
     */
    public ShadowReport(ShadowStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The answer of {@code GET /v1/shadow}: each pair of models compared.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    public byte[] pairs(Map<String, List<String>> parameters) {
        Parameters given = Parameters.of(parameters, List.of(Period.FROM, Period.TO, Period.LENGTH, MODEL));
        Period period = Period.of(given, clock.instant(), Period.Length.MONTH);
        JsonWriter json = new JsonWriter(4 * 1024).object();
        period.write(json);
        json.array("pairs");
        store.summaries(query(given, period)).forEach(pair -> write(json, pair));
        return json.endArray()
                .bool("persistent", store.isPersistent())
                .endObject()
                .toBytes();
    }

    /**
     * The answer of {@code GET /v1/shadow/results}: the results one by one, newest first.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    public byte[] results(Map<String, List<String>> parameters) {
        Parameters given = Parameters.of(
                parameters, List.of(Period.FROM, Period.TO, Period.LENGTH, MODEL, Paging.LIMIT, Paging.CURSOR));
        Period period = Period.of(given, clock.instant(), Period.Length.ALL);
        int limit = Paging.limit(given);
        RecordCursor after = Paging.cursor(given);
        List<ShadowResult> found = store.list(query(given, period), after, limit + 1);
        List<ShadowResult> page = found.subList(0, Math.min(limit, found.size()));
        JsonWriter json = new JsonWriter(16 * 1024).object().array("results");
        page.forEach(result -> write(json, result));
        json.endArray();
        if (found.size() > limit) {
            ShadowResult last = page.getLast();
            json.text("next_cursor", Paging.cursorAfter(last.at(), last.requestId()));
        } else {
            json.nothing("next_cursor");
        }
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }

    private static ShadowQuery query(Parameters given, Period period) {
        return new ShadowQuery(period.from(), period.to(), given.text(MODEL));
    }

    private static void write(JsonWriter json, ShadowSummary summary) {
        ShadowSummary.Pair pair = summary.pair();
        json.object();
        side(json, "primary", pair.primaryProvider(), pair.primaryModel(), summary.primary());
        side(json, "candidate", pair.candidateProvider(), pair.candidateModel(), summary.candidate());
        json.number("samples", summary.samples())
                .number("failures", summary.failures())
                .number("failure_rate", (double) summary.failures() / summary.samples());
        number(json, "agreement_mean", summary.agreement());
        json.array("agreement_tenths");
        summary.agreementTenths().forEach(count -> json.number(count));
        json.endArray().endObject();
    }

    private static void side(JsonWriter json, String name, String provider, String model, Figures figures) {
        json.object(name).text("provider", provider).text(MODEL, model);
        number(json, "cost_mean_usd", figures.meanCostUsd());
        number(json, "cost_median_usd", figures.medianCostUsd());
        number(json, "latency_p50_ms", figures.p50Millis());
        number(json, "latency_p95_ms", figures.p95Millis());
        json.endObject();
    }

    private static void write(JsonWriter json, ShadowResult result) {
        json.object().text("ts", result.at().toString()).text("request_id", result.requestId());
        side(json, "primary", result.primary());
        side(json, "candidate", result.candidate());
        json.textOrNull("error_type", result.errorType());
        number(json, "agreement", result.agreement());
        json.endObject();
    }

    private static void side(JsonWriter json, String name, Side side) {
        json.object(name)
                .text("provider", side.provider())
                .text(MODEL, side.model())
                .number("latency_ms", side.latency().toNanos() / 1e6);
        number(
                json,
                "ttft_ms",
                side.ttft() == null ? null : Double.valueOf(side.ttft().toNanos() / 1e6));
        json.number("input_tokens", side.inputTokens()).number("output_tokens", side.outputTokens());
        number(json, "cost_usd", side.costUsd());
        json.endObject();
    }

    private static void number(JsonWriter json, String name, @Nullable Double value) {
        if (value == null) {
            json.nothing(name);
        } else {
            json.number(name, value);
        }
    }
}
