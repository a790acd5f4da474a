package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts. {@code input_tokens} include what was read from and written to the cache, and {@code output_tokens} include
 * reasoning; ours never overlap.
 */
final class UsageMembers {

    private UsageMembers() {}

    /** Reads the usage of a response object; null when it has none. */
    static @Nullable Usage read(JsonNode response) {
        JsonNode usage = response.path("usage");
        if (!usage.isObject()) {
            return null;
        }
        JsonNode details = usage.path("input_tokens_details");
        long cacheRead = count(details, "cached_tokens");
        long cacheWrite = count(details, "cache_write_tokens");
        return new Usage(
                count(usage, "input_tokens") - cacheRead - cacheWrite,
                cacheRead,
                cacheWrite,
                0,
                count(usage, "output_tokens"),
                count(usage.path("output_tokens_details"), "reasoning_tokens"));
    }

    private static long count(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber() && value.canConvertToLong() ? Math.max(0, value.asLong(0)) : 0;
    }

    /** Writes the member {@code usage}. */
    static void write(Usage usage, JsonWriter out) {
        out.object("usage").number("input_tokens", usage.totalInput());
        out.object("input_tokens_details")
                .number("cached_tokens", usage.cacheRead())
                .number("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
                .endObject();
        out.number("output_tokens", usage.output());
        out.object("output_tokens_details")
                .number("reasoning_tokens", usage.reasoning())
                .endObject();
        out.number("total_tokens", usage.total()).endObject();
    }
}
