package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Members of a request that ask for nothing but what happens without them. Many clients send them with every request; who leaves
 * them out loses nothing.
 */
public final class NeutralMembers {

    private static final JsonNode EMPTY = Json.mapper().createObjectNode();

    private static final Map<String, JsonNode> OF_CHAT = Map.of(
            "logprobs", Json.parse("false"),
            "logit_bias", EMPTY,
            "metadata", EMPTY,
            "top_logprobs", Json.parse("0"),
            "modalities", Json.parse("[\"text\"]"),
            "verbosity", Json.parse("\"medium\""));

    private static final Map<String, JsonNode> OF_RESPONSES = Map.of(
            "metadata", EMPTY,
            "top_logprobs", Json.parse("0"),
            "truncation", Json.parse("\"disabled\""),
            "text.verbosity", Json.parse("\"medium\""));

    private static final Map<String, JsonNode> OF_MESSAGES = Map.of(
            "context_management", Json.parse("{\"edits\":[]}"),
            "inference_geo", Json.parse("\"global\""),
            "mcp_servers", Json.parse("[]"),
            "speed", Json.parse("\"standard\""));

    private NeutralMembers() {}

    /** The names of what is lost without what asks for nothing, whose loss is none. */
    static List<String> left(List<String> lost, ChatRequest request) {
        return lost.stream().filter(name -> !isNeutral(name, request)).toList();
    }

    private static boolean isNeutral(String name, ChatRequest request) {
        return switch (name) {
            case "frequency_penalty" -> is(request.sampling().frequencyPenalty(), 0);
            case "presence_penalty" -> is(request.sampling().presencePenalty(), 0);
            case "top_p" -> is(request.sampling().topP(), 1);
            default -> isNeutral(request.dialect(), name, request);
        };
    }

    private static boolean is(@Nullable Double value, double neutral) {
        return value != null && value == neutral;
    }

    private static boolean isNeutral(@Nullable Dialect dialect, String name, ChatRequest request) {
        JsonNode value = dialect == null ? null : request.extras().member(dialect, name);
        return dialect != null && value != null && isNeutral(dialect, name, value);
    }

    /** Whether a member of a request asks for nothing. */
    public static boolean isNeutral(Dialect dialect, String name, JsonNode value) {
        Map<String, JsonNode> neutral = switch (dialect) {
            case OPENAI_CHAT -> OF_CHAT;
            case OPENAI_RESPONSES -> OF_RESPONSES;
            case ANTHROPIC_MESSAGES -> OF_MESSAGES;
            case OPENAI_EMBEDDINGS -> Map.of();
        };
        boolean isUsual = name.equals(ServiceTier.NAME) && ServiceTier.isUsual(value);
        return value.isNull() || isUsual || value.equals(neutral.get(name));
    }
}
