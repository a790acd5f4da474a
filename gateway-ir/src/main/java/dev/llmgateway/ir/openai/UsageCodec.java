package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

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
 * Token counts. OpenAI's {@code prompt_tokens} include what was read from and written to the cache, and its {@code
 * completion_tokens} include reasoning; ours never overlap.
 */
final class UsageCodec {

    /** The member's name. */
    static final String NAME = "usage";

    private static final String INPUT_DETAILS = "prompt_tokens_details";
    private static final String OUTPUT_DETAILS = "completion_tokens_details";

    /** Moonshot tells it beside the other counts; OpenAI among the details. */
    private static final String CACHED = "cached_tokens";

    private static final OtherCounts OTHERS = new OtherCounts(
            OPENAI_CHAT,
            Set.of(
                    "prompt_tokens",
                    "completion_tokens",
                    "total_tokens",
                    CACHED,
                    "prompt_cache_hit_tokens",
                    "prompt_cache_miss_tokens"),
            Map.of(INPUT_DETAILS, Set.of(CACHED, "cache_write_tokens"), OUTPUT_DETAILS, Set.of("reasoning_tokens")));

    private UsageCodec() {}

    /**
     * Reads the usage of an answer or chunk; null when it has none that is believed.
     *
     * @param google whether completion tokens leave out reasoning, which then only shows in the total
     */
    static @Nullable Usage read(JsonNode answer, boolean google) {
        JsonNode usage = in(answer);
        return usage.isObject() ? count(usage, google) : null;
    }

    /** What the usage of an answer or chunk tells beside. */
    static Extras others(JsonNode answer) {
        JsonNode usage = in(answer);
        return usage.isObject() ? OTHERS.in(usage) : Extras.NONE;
    }

    /** Groq's older streams have it in a member of their own, Moonshot's in the choice that ends. */
    private static JsonNode in(JsonNode answer) {
        JsonNode usage = answer.path(NAME);
        if (!usage.isObject()) {
            usage = answer.path("x_groq").path(NAME);
        }
        return usage.isObject() ? usage : answer.path("choices").path(0).path(NAME);
    }

    private static @Nullable Usage count(JsonNode usage, boolean google) {
        long prompt = count(usage, "prompt_tokens");
        long completion = count(usage, "completion_tokens");
        JsonNode promptDetails = usage.path(INPUT_DETAILS);
        long cacheRead = cacheRead(usage, promptDetails);
        long cacheWrite = count(promptDetails, "cache_write_tokens");
        long reasoning = count(usage.path(OUTPUT_DETAILS), "reasoning_tokens");
        if (prompt == 0) {
            // Parts of a whole that is not known would pass for it.
            cacheRead = 0;
            cacheWrite = 0;
        }
        long hidden = prompt == 0 ? 0 : count(usage, "total_tokens") - prompt - completion;
        if (google && hidden > 0) {
            completion += hidden;
            reasoning = Math.max(reasoning, hidden);
        } else if (reasoning > completion && isTold(usage, "completion_tokens")) {
            // DeepInfra reports Gemma's and Gemini's answers without their reasoning.
            completion += reasoning;
        }
        return ReportedTokens.orNull(
                new Usage(prompt - cacheRead - cacheWrite, cacheRead, cacheWrite, 0, completion, reasoning));
    }

    private static long cacheRead(JsonNode usage, JsonNode promptDetails) {
        if (promptDetails.has(CACHED)) {
            return count(promptDetails, CACHED);
        }
        return count(usage, usage.has(CACHED) ? CACHED : "prompt_cache_hit_tokens");
    }

    private static boolean isTold(JsonNode object, String name) {
        return ReportedTokens.orNull(object.get(name)) != null;
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
        out.object(NAME);
        out.number("prompt_tokens", usage.totalInput());
        out.number("completion_tokens", usage.output());
        out.number("total_tokens", usage.total());
        out.object(INPUT_DETAILS).number("cached_tokens", usage.cacheRead());
        long cacheWrite = usage.cacheWrite5m() + usage.cacheWrite1h();
        if (cacheWrite > 0) {
            out.number("cache_write_tokens", cacheWrite);
        }
        OTHERS.write(extras, INPUT_DETAILS, out);
        out.endObject();
        out.object(OUTPUT_DETAILS).number("reasoning_tokens", usage.reasoning());
        OTHERS.write(extras, OUTPUT_DETAILS, out);
        OTHERS.write(extras, out.endObject());
        out.endObject();
    }
}
