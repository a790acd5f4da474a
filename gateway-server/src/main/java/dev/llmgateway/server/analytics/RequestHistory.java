package dev.llmgateway.server.analytics;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/requests} and {@code /v1/audit}: shows what is remembered of calls. */
public final class RequestHistory {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    /** A table is not longer than this: spreadsheets cannot show more, and nobody waits for it. */
    private static final int MOST_ROWS = 1_000_000;

    private final RecordStore store;

    /** The history that a store keeps. */
    RequestHistory(RecordStore store) {
        this.store = store;
    }

    /** {@code GET /v1/requests}. */
    TabularView requests() {
        return new Listing("requests");
    }

    /** {@code GET /v1/audit}. */
    TabularView traces() {
        return new Listing("traces");
    }

    /** The list of calls, under a name. */
    private final class Listing implements TabularView {
        private final String name;

        Listing(String name) {
            this.name = name;
        }

        @Override
        public byte[] json(Map<String, List<String>> parameters) {
            return page(name, RecordFilter.of(parameters, LIMIT, CURSOR));
        }

        @Override
        public Table table(Map<String, List<String>> parameters) {
            RecordFilter filter = RecordFilter.of(parameters, LIMIT, CURSOR);
            int most = filter.parameters().number(LIMIT, MOST_ROWS, MOST_ROWS);
            return new Table(name, RecordTable.COLUMNS, new RecordTable(store, filter.query(), filter.cursor(), most));
        }
    }

    private byte[] page(String name, RecordFilter filter) {
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
                .textOrNull("next_cursor", found.size() > limit ? cursorAfter(page.getLast()) : null)
                .bool("persistent", store.isPersistent())
                .endObject()
                .toBytes();
    }

    private static String cursorAfter(CallRecord call) {
        return Paging.cursorAfter(call.at(), call.requestId());
    }

    /**
     * The answer of {@code GET /v1/requests/{id}}; empty when no call of this id is kept.
     *
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when it is no id
     */
    public Optional<byte[]> request(String id) {
        return store.find(RecordFilter.id(id)).map(call -> {
            JsonWriter json = new JsonWriter(4 * 1024).object();
            RecordJson.members(json, call.record());
            Bodies bodies = call.bodies();
            value(json, "request_body", bodies == null ? null : bodies.request());
            value(json, "response_body", bodies == null ? null : bodies.answer());
            return json.endObject().toBytes();
        });
    }

    /**
     * The answer of {@code GET /v1/audit/{request_id}}; empty when no call of this id is kept.
     *
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when it is no id
     */
    public Optional<byte[]> trace(String id) {
        return store.find(RecordFilter.id(id)).map(call -> {
            JsonWriter json = new JsonWriter(16 * 1024).object();
            RecordJson.members(json, call.record());
            value(json, "trace", call.trace());
            return json.endObject().toBytes();
        });
    }

    /** Whether calls are still there after a restart. */
    public boolean isPersistent() {
        return store.isPersistent();
    }

    private static void value(JsonWriter json, String name, @Nullable String text) {
        if (text == null) {
            json.nothing(name);
        } else {
            json.raw(name, text);
        }
    }
}
