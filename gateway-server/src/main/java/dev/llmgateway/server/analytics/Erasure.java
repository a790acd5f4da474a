package dev.llmgateway.server.analytics;

import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** {@code DELETE /v1/analytics}: makes all that analytics are told from be forgotten. */
final class Erasure {

    private final List<Erasable> all;

    Erasure(List<Erasable> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Forgets everything, and tells how much that was.
     *
     * @param parameters there must be none: whoever asks for some of it must not lose all
     * @param hasBody for the same reason there must be none
     */
    byte[] erase(Map<String, List<String>> parameters, boolean hasBody) {
        if (!parameters.isEmpty()) {
            throw Parameters.wrong("query", "must have no parameters: everything is cleared, not a part of it");
        }
        if (hasBody) {
            throw Parameters.wrong("body", "must be empty: everything is cleared, not a part of it");
        }
        JsonWriter json = new JsonWriter().object().object("cleared");
        all.forEach(one -> json.number(one.name(), one.clear().getAsLong()));
        return json.endObject().endObject().toBytes();
    }
}
