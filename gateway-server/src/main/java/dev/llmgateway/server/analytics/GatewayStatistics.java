package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** {@code /v1/stats}: what all calls together were and cost. */
public final class GatewayStatistics {

    private final RecordStore store;

    /** Sums of what a store keeps. */
    GatewayStatistics(RecordStore store) {
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
        return store.read(records -> json(records, query));
    }

    private byte[] json(RecordReading records, RecordQuery query) {
        Figures whole = FigureJson.only(records.sums(query, RecordSums.TOTAL));
        List<SumRow> rows = records.sums(query, RecordSums.by(Dimension.PROVIDER, Dimension.MODEL));
        Ranking ranking = Ranking.of(rows, RecordReading.MOST_ROWS, () -> whole);
        JsonWriter json = new JsonWriter(4 * 1024).object();
        FigureJson.members(json, whole);
        json.array("providers");
        for (SumRow row : ranking.shown()) {
            json.object()
                    .textOrNull("provider", row.values().get(0))
                    .textOrNull("model", row.values().get(1));
            FigureJson.members(json, row.figures());
            json.endObject();
        }
        json.endArray();
        ranking.writeOthers(json);
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }
}
