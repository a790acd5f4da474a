package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Token counts. OpenAI's {@code prompt_tokens} include what was read from and written to the cache, and its {@code
 * completion_tokens} include reasoning; ours never overlap.
 */
final class UsageCodec {

    private UsageCodec() {}

    /**
     * Reads the usage of an answer or chunk; null when it has none that is believed.
     *
     * @param google whether completion tokens leave out reasoning, which then only shows in the total
     */
    static @Nullable Usage read(JsonNode answer, boolean google) {
        JsonNode usage = answer.get("usage");
        if (usage == null || !usage.isObject()) {
            usage = answer.path("x_groq").get("usage");
        }
        return usage == null || !usage.isObject() ? null : count(usage, google);
    }

    private static @Nullable Usage count(JsonNode usage, boolean google) {
        long prompt = count(usage, "prompt_tokens");
        long completion = count(usage, "completion_tokens");
        JsonNode promptDetails = usage.path("prompt_tokens_details");
        long cacheRead = promptDetails.has("cached_tokens")
                ? count(promptDetails, "cached_tokens")
                : count(usage, "prompt_cache_hit_tokens");
        long cacheWrite = count(promptDetails, "cache_write_tokens");
        long reasoning = count(usage.path("completion_tokens_details"), "reasoning_tokens");
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

    private static boolean isTold(JsonNode object, String name) {
        return ReportedTokens.orNull(object.get(name)) != null;
    }

    private static long count(JsonNode object, String name) {
        return ReportedTokens.count(object.get(name));
    }

    static void write(Usage usage, JsonWriter out) {
        out.object("usage");
        out.number("prompt_tokens", usage.totalInput());
        out.number("completion_tokens", usage.output());
        out.number("total_tokens", usage.total());
        out.object("prompt_tokens_details").number("cached_tokens", usage.cacheRead());
        long cacheWrite = usage.cacheWrite5m() + usage.cacheWrite1h();
        if (cacheWrite > 0) {
            out.number("cache_write_tokens", cacheWrite);
        }
        out.endObject();
        out.object("completion_tokens_details").number("reasoning_tokens", usage.reasoning());
        out.endObject().endObject();
    }
}
