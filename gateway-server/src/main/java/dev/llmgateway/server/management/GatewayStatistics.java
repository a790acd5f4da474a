package dev.llmgateway.server.management;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** {@code /v1/stats}: what all calls together were and cost. */
public final class GatewayStatistics {

    private final RecordStore store;

    /** Sums of what a store keeps. */
    public GatewayStatistics(RecordStore store) {
        this.store = store;
    }

    /**
     * The answer of {@code GET /v1/stats}.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    public byte[] show(Map<String, List<String>> parameters) {
        RecordQuery query = RecordFilter.of(parameters).query();
        List<SumRow> total = store.sums(query, RecordSums.TOTAL);
        JsonWriter json = new JsonWriter(4 * 1024).object();
        figures(json, total.isEmpty() ? Figures.NONE : total.getFirst().figures());
        json.array("providers");
        for (SumRow row : store.sums(query, RecordSums.by(Dimension.PROVIDER, Dimension.MODEL))) {
            json.object()
                    .textOrNull("provider", row.values().get(0))
                    .textOrNull("model", row.values().get(1));
            figures(json, row.figures());
            json.endObject();
        }
        return json.endArray()
                .bool("persistent", store.isPersistent())
                .endObject()
                .toBytes();
    }

    private static void figures(JsonWriter json, Figures sum) {
        json.number("requests", sum.requests())
                .number("succeeded", sum.succeeded())
                .number("failed", sum.failed())
                .number("aborted", sum.aborted())
                .number("mitigated", sum.mitigated())
                .number("success_rate", sum.successRate());
        RecordJson.usage(json, sum.usage());
        json.number("cost_usd", sum.costUsd())
                .number("latency_p50_ms", sum.p50().toMillis())
                .number("latency_p95_ms", sum.p95().toMillis());
    }
}
