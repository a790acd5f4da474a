package dev.llmgateway.providers.simulated;

import tools.jackson.databind.JsonNode;

/** Ids of calls, which OpenAI refuses in both of its formats when they are too long. */
final class CallIds {
    private static final int LONGEST = 64;

    private CallIds() {}

    static void requireShort(String id, String place) {
        if (id.length() > LONGEST) {
            throw new BadPrompt(
                    400,
                    "Invalid '" + place + "': string too long. Expected a string with maximum length " + LONGEST
                            + ", but got a string with length " + id.length() + " instead.",
                    "string_above_max_length",
                    place);
        }
    }

    /** The same for all calls of a conversation of Chat Completions, and their results. */
    static void requireShort(JsonNode messages) {
        for (int i = 0; i < messages.size(); i++) {
            String place = "messages[" + i + "].";
            requireShort(messages.get(i).path("tool_call_id").asString(""), place + "tool_call_id");
            JsonNode calls = messages.get(i).path("tool_calls");
            for (int k = 0; k < calls.size(); k++) {
                requireShort(calls.get(k).path("id").asString(""), place + "tool_calls[" + k + "].id");
            }
        }
    }
}
