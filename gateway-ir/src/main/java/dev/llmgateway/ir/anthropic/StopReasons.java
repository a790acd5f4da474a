package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.StopReason;
import org.jspecify.annotations.Nullable;

/** The values of {@code stop_reason}. */
final class StopReasons {

    private StopReasons() {}

    /**
     * Reads a stop reason.
     *
     * @param calledTool whether the answer holds a tool call; some vendors then still say {@code end_turn}
     */
    static StopReason decode(@Nullable String word, boolean calledTool) {
        StopReason reason = switch (word == null ? "" : word) {
            case "end_turn" -> StopReason.END_TURN;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "max_tokens" -> StopReason.MAX_TOKENS;
            case "model_context_window_exceeded" -> StopReason.CONTEXT_WINDOW_EXCEEDED;
            case "tool_use" -> StopReason.TOOL_USE;
            case "refusal" -> StopReason.REFUSAL;
            case "pause_turn" -> StopReason.PAUSE_TURN;
            default -> StopReason.OTHER;
        };
        return withCalls(reason, calledTool);
    }

    /** The word for a reason. A reason that Anthropic has no word for becomes the ordinary end. */
    static String encode(StopReason reason, boolean calledTool) {
        return switch (withCalls(reason, calledTool)) {
            case END_TURN, OTHER -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case MAX_TOKENS -> "max_tokens";
            case CONTEXT_WINDOW_EXCEEDED -> "model_context_window_exceeded";
            case TOOL_USE -> "tool_use";
            case REFUSAL -> "refusal";
            case PAUSE_TURN -> "pause_turn";
        };
    }

    /** An answer that calls a tool and just ended wants the tool to be run, whatever word was used. */
    private static StopReason withCalls(StopReason reason, boolean calledTool) {
        boolean ended = reason == StopReason.END_TURN || reason == StopReason.OTHER;
        return calledTool && ended ? StopReason.TOOL_USE : reason;
    }
}
