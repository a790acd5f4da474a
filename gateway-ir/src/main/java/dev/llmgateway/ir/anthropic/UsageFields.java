package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The {@code usage} object. In a stream it comes several times, each time only with some members, each member counting
 * from the start of the answer: a later one replaces an earlier one. Not thread safe.
 */
final class UsageFields {

    private static final String BY_LIFE = "cache_creation";
    private static final String OUTPUT_DETAILS = "output_tokens_details";

    private static final Set<String> KNOWN = Set.of(
            "input_tokens",
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
            BY_LIFE,
            "output_tokens",
            OUTPUT_DETAILS);
    private static final OtherCounts OTHERS = new OtherCounts(
            Dialect.ANTHROPIC_MESSAGES,
            KNOWN,
            Map.of(
                    BY_LIFE,
                    Set.of("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"),
                    OUTPUT_DETAILS,
                    Set.of("thinking_tokens")));

    private final Map<String, JsonNode> others = new LinkedHashMap<>();
    private long input;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWrite1h;
    private long output;
    private long thinking;

    /** Takes the members that are present. */
    void merge(@Nullable Fields usage) {
        if (usage == null) {
            return;
        }
        others.putAll(others(usage));
        // Some servers that imitate the format repeat a 0 at the end for a prompt whose size they told at the start.
        long prompt = count(usage, "input_tokens");
        input = prompt > 0 ? prompt : input;
        cacheRead = newest(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = newest(usage, "cache_creation_input_tokens", cacheWrite);
        output = newest(usage, "output_tokens", output);
        Fields byLife = usage.optionalFields(BY_LIFE);
        if (byLife != null) {
            cacheWrite1h = count(byLife, "ephemeral_1h_input_tokens");
            cacheWrite = Math.max(cacheWrite, cacheWrite1h + count(byLife, "ephemeral_5m_input_tokens"));
        }
        Fields details = usage.optionalFields(OUTPUT_DETAILS);
        if (details != null) {
            thinking = newest(details, "thinking_tokens", thinking);
        }
    }

    /** The members that the canonical usage has no place for, by the names that they have among extras. */
    static Map<String, JsonNode> others(Fields usage) {
        Map<String, JsonNode> others =
                new LinkedHashMap<>(OTHERS.in(usage.object()).of(Dialect.ANTHROPIC_MESSAGES));
        usage.others(KNOWN).forEach((name, value) -> others.put(OtherCounts.USAGE + name, value));
        return others;
    }

    private static long newest(Fields usage, String name, long before) {
        Long value = ReportedTokens.orNull(usage.get(name));
        return value == null ? before : value;
    }

    private static long count(Fields usage, String name) {
        return ReportedTokens.count(usage.get(name));
    }

    /** What is known so far, or null when nothing was reported that is believed. */
    @Nullable
    Usage toUsage() {
        return ReportedTokens.orNull(
                new Usage(input, cacheRead, cacheWrite - cacheWrite1h, cacheWrite1h, output, thinking));
    }

    /** All of them that were reported so far. */
    Map<String, JsonNode> others() {
        return others;
    }

    /**
     * Writes the member {@code usage}; it stays open.
     *
     * @param extras among which are those that belong there
     */
    static void open(JsonWriter out, Usage usage, Extras extras) {
        out.object("usage")
                .number("input_tokens", usage.input())
                .number("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
                .number("cache_read_input_tokens", usage.cacheRead())
                .object(BY_LIFE)
                .number("ephemeral_5m_input_tokens", usage.cacheWrite5m())
                .number("ephemeral_1h_input_tokens", usage.cacheWrite1h());
        OTHERS.write(extras, BY_LIFE, out);
        out.endObject().number("output_tokens", usage.output());
        if (usage.reasoning() > 0) {
            out.object(OUTPUT_DETAILS).number("thinking_tokens", usage.reasoning());
            OTHERS.write(extras, OUTPUT_DETAILS, out);
            out.endObject();
        }
        OTHERS.write(extras, out);
    }
}
