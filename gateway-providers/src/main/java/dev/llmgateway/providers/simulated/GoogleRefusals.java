package dev.llmgateway.providers.simulated;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What Gemini's compatible endpoint refuses: members of OpenAI's that it does not know, and calls without their signature. */
final class GoogleRefusals {
    private static final List<String> NOT_KNOWN = List.of(
            "store",
            "metadata",
            "moderation",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "verbosity",
            "prediction");

    private static final int MOST_STOPS = 5;

    /** What Google tells clients to send with calls that another model made. */
    private static final String ANY_SIGNATURE = "skip_thought_signature_validator";

    private GoogleRefusals() {}

    static void check(JsonNode body, Seal seal) {
        for (String name : NOT_KNOWN) {
            if (body.has(name)) {
                throw unknown(name);
            }
        }
        if (body.path("stop").size() > MOST_STOPS) {
            throw new BadPrompt("stop_sequences: at most " + MOST_STOPS + " are supported.");
        }
        String foreign = UnknownMembers.firstOfAnthropic(body);
        if (foreign != null) {
            throw unknown(foreign);
        }
        List<JsonNode> messages = List.copyOf(body.path("messages").values());
        for (int i = messages.size() - 1; i >= 0 && !isUser(messages.get(i)); i--) {
            checkCalls(messages.get(i).path("tool_calls"), i, seal);
        }
    }

    private static BadPrompt unknown(String name) {
        return new BadPrompt("Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
    }

    private static boolean isUser(JsonNode message) {
        return message.path("role").asString("").equals("user");
    }

    /** The calls of the current turn are looked at, and of each answer in it the first. */
    private static void checkCalls(JsonNode calls, int place, Seal seal) {
        if (calls.isEmpty()) {
            return;
        }
        JsonNode first = calls.path(0);
        String name = first.path("function").path("name").asString("");
        String signature = first.path("extra_content")
                .path("google")
                .path("thought_signature")
                .asString("");
        if (signature.isEmpty()) {
            throw new BadPrompt("Function call `default_api:" + name + "` in the " + (place + 1)
                    + ". content block is missing a `thought_signature`.");
        }
        if (!signature.equals(ANY_SIGNATURE) && !seal.isOwn(signature)) {
            throw new BadPrompt("Corrupted thought signature.");
        }
    }
}
