package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code finish_reason} and the canonical stop reasons. */
final class FinishReasons {

    static final String NAME = "finish_reason";

    private FinishReasons() {}

    /** What a vendor's word means, on its own. */
    static StopReason parse(String word) {
        return switch (word) {
            case "stop", "eos", "eos_token", "end_turn" -> StopReason.END_TURN;
            case "length", "max_tokens" -> StopReason.MAX_TOKENS;
            case "model_length" -> StopReason.CONTEXT_WINDOW_EXCEEDED;
            case "tool_calls", "function_call" -> StopReason.TOOL_USE;
            case "content_filter" -> StopReason.REFUSAL;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            default -> StopReason.OTHER;
        };
    }

    /**
     * What it means in view of the answer: some vendors say {@code stop}, or nothing, after tool calls and refusals.
     *
     * @param word null when the vendor gave none
     */
    static StopReason of(@Nullable String word, boolean hasToolCalls, boolean hasRefusal) {
        StopReason said = word == null ? StopReason.END_TURN : parse(word);
        if (said != StopReason.END_TURN) {
            return said;
        }
        if (hasToolCalls) {
            return StopReason.TOOL_USE;
        }
        return hasRefusal ? StopReason.REFUSAL : StopReason.END_TURN;
    }

    /** True when a client that reads the vendor's own word understands the same. */
    static boolean saysIt(@Nullable String word, StopReason reason) {
        return word != null
                && (parse(word) == reason || reason == StopReason.REFUSAL || reason == StopReason.STOP_SEQUENCE);
    }

    /**
     * The word for a client.
     *
     * @param legacy whether it reads {@code function_call} in place of tool calls
     */
    static String word(StopReason reason, boolean hasRefusal, boolean legacy) {
        return switch (reason) {
            case END_TURN, STOP_SEQUENCE, PAUSE_TURN, OTHER -> "stop";
            case MAX_TOKENS, CONTEXT_WINDOW_EXCEEDED -> "length";
            case TOOL_USE -> legacy ? "function_call" : "tool_calls";
            case REFUSAL -> hasRefusal ? "stop" : "content_filter";
        };
    }

    /** A word that only its vendor knows, to be kept as it is; null for the usual ones. */
    static @Nullable JsonNode unusual(@Nullable String word) {
        return word != null && parse(word) == StopReason.OTHER ? Json.mapper().valueToTree(word) : null;
    }
}
