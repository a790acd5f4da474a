package dev.llmgateway.server.management;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/requests} and {@code /v1/audit}: shows what is remembered of calls. */
public final class RequestHistory {

    private final RecordStore store;

    /** The history that a store keeps. */
    public RequestHistory(RecordStore store) {
        this.store = store;
    }

    /**
     * The answer of {@code GET /v1/requests}.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    public byte[] requests(Map<String, List<String>> parameters) {
        return page("requests", parameters);
    }

    /** The answer of {@code GET /v1/audit}; parameters as above. */
    public byte[] traces(Map<String, List<String>> parameters) {
        return page("traces", parameters);
    }

    private byte[] page(String name, Map<String, List<String>> parameters) {
        RecordFilter filter = RecordFilter.of(parameters, "limit", "cursor");
        int limit = filter.limit();
        List<CallRecord> found = store.list(filter.query(), filter.cursor(), limit + 1);
        List<CallRecord> page = found.subList(0, Math.min(limit, found.size()));
        JsonWriter json = new JsonWriter(16 * 1024).object().array(name);
        for (CallRecord call : page) {
            json.object();
            RecordJson.members(json, call);
            json.endObject();
        }
        return json.endArray()
                .textOrNull("next_cursor", found.size() > limit ? RecordFilter.cursorAfter(page.getLast()) : null)
                .bool("persistent", store.isPersistent())
                .endObject()
                .toBytes();
    }

    /**
     * The answer of {@code GET /v1/requests/{id}}.
     *
     * @throws ManagementRefusal when no call of this id is kept
     */
    public byte[] request(String id) {
        StoredCall call = find(id);
        JsonWriter json = new JsonWriter(4 * 1024).object();
        RecordJson.members(json, call.record());
        Bodies bodies = call.bodies();
        value(json, "request_body", bodies == null ? null : bodies.request());
        value(json, "response_body", bodies == null ? null : bodies.answer());
        return json.endObject().toBytes();
    }

    /**
     * The answer of {@code GET /v1/audit/{request_id}}.
     *
     * @throws ManagementRefusal when no call of this id is kept
     */
    public byte[] trace(String id) {
        StoredCall call = find(id);
        JsonWriter json = new JsonWriter(16 * 1024).object();
        RecordJson.members(json, call.record());
        value(json, "trace", call.trace());
        return json.endObject().toBytes();
    }

    private StoredCall find(String id) {
        return store.find(RecordFilter.id(id))
                .orElseThrow(() -> ManagementRefusal.notFound("no request \"" + id + "\" is kept"
                        + (store.isPersistent() ? "" : ": without a database, only the latest are")));
    }

    private static void value(JsonWriter json, String name, @Nullable String text) {
        if (text == null) {
            json.nothing(name);
        } else {
            json.raw(name, text);
        }
    }
}
