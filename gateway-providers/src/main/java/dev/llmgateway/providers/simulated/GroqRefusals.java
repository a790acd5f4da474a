package dev.llmgateway.providers.simulated;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Groq refuses: several answers, members that it does not know, tiers of others and more than a few stop texts. */
final class GroqRefusals {
    private static final List<String> NOT_KNOWN = List.of("moderation", "prompt_cache_key", "safety_identifier");
    private static final List<String> TIERS = List.of("auto", "on_demand", "flex", "performance");
    private static final int MOST_STOPS = 4;

    private GroqRefusals() {}

    static void check(Prompt prompt) {
        JsonNode body = prompt.body();
        if (prompt.output().choices() > 1) {
            throw new BadPrompt(400, "'n' : number must be at most 1", null, "n");
        }
        String unknown = unknown(body);
        if (unknown != null) {
            throw new BadPrompt(400, "property '" + unknown + "' is unsupported", null, unknown);
        }
        if (!TIERS.contains(body.path("service_tier").asString(TIERS.getFirst()))) {
            throw new BadPrompt(400, "'service_tier' : value must be one of " + TIERS, null, "service_tier");
        }
        if (body.path("stop").size() > MOST_STOPS) {
            throw new BadPrompt(400, "'stop' : at most " + MOST_STOPS + " items are allowed", null, "stop");
        }
    }

    private static @Nullable String unknown(JsonNode body) {
        String foreign = UnknownMembers.firstOfAnthropic(body);
        return foreign != null
                ? foreign
                : NOT_KNOWN.stream().filter(body::has).findFirst().orElse(null);
    }
}
