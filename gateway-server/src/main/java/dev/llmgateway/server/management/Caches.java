package dev.llmgateway.server.management;

import dev.llmgateway.api.cache.AnswerCache;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Map;

/** {@code /v1/cache}: shows what the caches hold, and makes them forget. */
public final class Caches {

    private static final int LONGEST_QUOTE = 100;

    private final Map<String, AnswerCache> caches;

    /**
     * Caches.
     *
     * @param caches those that are switched on, by their names in answers
     */
    public Caches(Map<String, AnswerCache> caches) {
        this.caches = caches;
    }

    /** The answer of {@code GET /v1/cache}. */
    public byte[] show() {
        JsonWriter json = new JsonWriter().object();
        caches.forEach((name, cache) -> {
            AnswerCache.Statistics now = cache.statistics();
            json.object(name)
                    .number("entries", now.entries())
                    .number("bytes", now.bytes())
                    .number("max_entries", now.maxEntries())
                    .number("max_bytes", now.maxBytes())
                    .number("hits", now.hits())
                    .number("misses", now.misses())
                    .endObject();
        });
        return json.endObject().toBytes();
    }

    /** {@code DELETE /v1/cache}: forgets everything, and tells how much that was. */
    public byte[] clear() {
        long removed = caches.values().stream().mapToLong(AnswerCache::clear).sum();
        return new JsonWriter().object().number("removed", removed).endObject().toBytes();
    }

    /**
     * {@code DELETE /v1/cache/{entry}}: forgets one answer.
     *
     * @param entry as answers name it in {@code x-gateway-cache-entry}
     * @throws ManagementRefusal when no cache has it
     */
    public void remove(String entry) {
        boolean found = false;
        for (AnswerCache cache : caches.values()) {
            found |= cache.forget(entry);
        }
        if (!found) {
            String quoted = entry.length() <= LONGEST_QUOTE ? entry : entry.substring(0, LONGEST_QUOTE) + "...";
            throw ManagementRefusal.notFound("no cache has an entry \"" + quoted
                    + "\": x-gateway-cache-entry names them, and they go when their time is over");
        }
    }
}
