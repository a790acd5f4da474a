package dev.llmgateway.providers.simulated;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds members of Anthropic's in a request, which vendors refuse that know none of their names. */
final class UnknownMembers {
    private static final String CACHE_CONTROL = "cache_control";

    private UnknownMembers() {}

    /** The name of the first one, on the request, a message, a part or a tool; null when there is none. */
    static @Nullable String firstOfAnthropic(JsonNode body) {
        if (body.has("thinking")) {
            return "thinking";
        }
        boolean isMarked = body.has(CACHE_CONTROL)
                || List.of("messages", "tools").stream().anyMatch(name -> isAnyMarked(body.path(name)));
        return isMarked ? CACHE_CONTROL : null;
    }

    private static boolean isAnyMarked(JsonNode all) {
        return all.values().stream().anyMatch(UnknownMembers::isMarked);
    }

    private static boolean isMarked(JsonNode one) {
        return one.has(CACHE_CONTROL)
                || one.path("function").has(CACHE_CONTROL)
                || one.path("content").isArray() && isAnyMarked(one.path("content"))
                || isAnyMarked(one.path("tool_calls"));
    }
}
