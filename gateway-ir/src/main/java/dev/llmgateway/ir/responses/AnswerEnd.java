package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What a provider's response object says about the answer as a whole, once that is over. */
final class AnswerEnd {

    private static final String DETAILS = "incomplete_details";

    /** What has a place of its own, and what only repeats the request. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "object",
            "created_at",
            "completed_at",
            "status",
            "error",
            "model",
            "output",
            "output_text",
            "usage",
            DETAILS,
            "background",
            "conversation",
            "include",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user",
            "frequency_penalty",
            "presence_penalty");

    private AnswerEnd() {}

    /** Why the model stopped. The format itself does not tell calls and refusals from other ends. */
    static StopReason reason(JsonNode response, boolean calls, boolean refuses) {
        if (response.path("status").stringValue("").equals("incomplete")) {
            return switch (response.path(DETAILS).path("reason").stringValue("")) {
                case "max_output_tokens" -> StopReason.MAX_TOKENS;
                case "content_filter" -> StopReason.REFUSAL;
                default -> StopReason.OTHER;
            };
        }
        if (calls) {
            return StopReason.TOOL_USE;
        }
        return refuses ? StopReason.REFUSAL : StopReason.END_TURN;
    }

    /** The members that have no other place; why the answer is incomplete only where {@link #reason} has no word for it. */
    static Extras extras(JsonNode response, StopReason reason, List<JsonNode> logprobs) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        response.forEachEntry((name, value) -> {
            boolean unusual = name.equals(DETAILS) && reason == StopReason.OTHER;
            if ((unusual || !KNOWN.contains(name)) && !value.isNull()) {
                members.put(name, value);
            }
        });
        Extras extras = Extras.of(OPENAI_RESPONSES, members);
        if (logprobs.isEmpty()) {
            return extras;
        }
        ArrayNode all = Json.mapper().createArrayNode().addAll(logprobs);
        return extras.with(
                OPENAI_CHAT, "logprobs", Json.mapper().createObjectNode().set("content", all));
    }

    /** Seconds since the epoch, 0 when it does not say. */
    static long created(JsonNode response) {
        JsonNode created = response.path("created_at");
        return created.isNumber() ? (long) created.doubleValue(0) : 0;
    }
}
