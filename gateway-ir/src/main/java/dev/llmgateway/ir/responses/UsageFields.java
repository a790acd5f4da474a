package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts. {@code input_tokens} include what was read from and written to the cache, {@code output_tokens} include
 * reasoning; ours never overlap.
 */
final class UsageFields {

    private static final String INPUT_DETAILS = "input_tokens_details";
    private static final String OUTPUT_DETAILS = "output_tokens_details";

    private static final OtherCounts OTHERS = new OtherCounts(
            OPENAI_RESPONSES,
            Set.of("input_tokens", "output_tokens", "total_tokens"),
            Map.of(
                    INPUT_DETAILS,
                    Set.of("cached_tokens", "cache_write_tokens"),
                    OUTPUT_DETAILS,
                    Set.of("reasoning_tokens")));

    private UsageFields() {}

    /** The usage of a response object; null when it has none that is believed. */
    static @Nullable Usage read(JsonNode response) {
        JsonNode usage = response.path("usage");
        if (!usage.isObject()) {
            return null;
        }
        long input = count(usage, "input_tokens");
        // Parts of a whole that is not known would pass for it.
        long cacheRead = input == 0 ? 0 : count(usage.path(INPUT_DETAILS), "cached_tokens");
        long cacheWrite = input == 0 ? 0 : count(usage.path(INPUT_DETAILS), "cache_write_tokens");
        long reasoning = count(usage.path(OUTPUT_DETAILS), "reasoning_tokens");
        return ReportedTokens.orNull(new Usage(
                input - cacheRead - cacheWrite, cacheRead, cacheWrite, 0, count(usage, "output_tokens"), reasoning));
    }

    /** What the usage of a response object tells beside. */
    static Extras others(JsonNode response) {
        return OTHERS.in(response.path("usage"));
    }

    private static long count(JsonNode object, String name) {
        return ReportedTokens.count(object.get(name));
    }

    /**
     * Writes the member {@code usage}.
     *
     * @param extras among which are those that belong there
     */
    static void write(Usage usage, Extras extras, JsonWriter out) {
        out.object("usage").number("input_tokens", usage.totalInput());
        out.object(INPUT_DETAILS).number("cached_tokens", usage.cacheRead());
        out.number("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
        OTHERS.write(extras, INPUT_DETAILS, out);
        out.endObject().number("output_tokens", usage.output());
        out.object(OUTPUT_DETAILS).number("reasoning_tokens", usage.reasoning());
        OTHERS.write(extras, OUTPUT_DETAILS, out);
        out.endObject().number("total_tokens", usage.total());
        OTHERS.write(extras, out);
        out.endObject();
    }
}
