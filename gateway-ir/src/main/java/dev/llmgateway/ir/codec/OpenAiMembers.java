package dev.llmgateway.ir.codec;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request that OpenAI's two formats, Chat Completions and Responses, both have, with the same meaning and the
 * same values, and that the canonical vocabulary has no word for: they travel between the two as they are. A name with a dot
 * is of a member inside an object, as extras have it.
 */
public final class OpenAiMembers {

    private static final Map<String, String> CHAT_TO_RESPONSES = Map.of(
            "metadata", "metadata",
            "moderation", "moderation",
            "prompt_cache_key", "prompt_cache_key",
            "prompt_cache_options", "prompt_cache_options",
            "prompt_cache_retention", "prompt_cache_retention",
            "safety_identifier", "safety_identifier",
            "service_tier", "service_tier",
            "store", "store",
            "top_logprobs", "top_logprobs",
            "verbosity", "text.verbosity");

    private static final Map<String, String> RESPONSES_TO_CHAT = CHAT_TO_RESPONSES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private OpenAiMembers() {}

    /** What Responses calls this member of Chat Completions, or null when it has no counterpart. */
    public static @Nullable String inResponses(String chatName) {
        return CHAT_TO_RESPONSES.get(chatName);
    }

    /** What Chat Completions calls this member of Responses, or null when it has no counterpart. */
    public static @Nullable String inChat(String responsesName) {
        return RESPONSES_TO_CHAT.get(responsesName);
    }
}
