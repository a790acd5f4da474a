package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.WireError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an answer stands: the members of a response object that tell it.
 *
 * @param status {@code in_progress}, {@code completed}, {@code incomplete} or {@code failed}
 * @param incomplete why it is incomplete, when that is no reason of the vendor's own; else null
 * @param error why it failed; else null
 */
record Outcome(
        String status,
        @Nullable String incomplete,
        @Nullable WireError error) {

    /** A status, which providers tell in place of a word; agents know none. */
    private static final Pattern STATUS = Pattern.compile("[45][0-9]{2}");

    /** The member that tells why an answer is incomplete. */
    static final String DETAILS = "incomplete_details";

    static final Outcome IN_PROGRESS = new Outcome("in_progress", null, null);
    private static final Outcome COMPLETED = new Outcome("completed", null, null);

    /**
     * The outcome of a complete answer.
     *
     * @param extras what only this dialect knows of the answer: a reason of the vendor's own to be incomplete
     */
    static Outcome of(StopReason reason, boolean refuses, Extras extras) {
        if (extras.member(OPENAI_RESPONSES, DETAILS) != null) {
            return new Outcome("incomplete", null, null);
        }
        return switch (reason) {
            case END_TURN, STOP_SEQUENCE, TOOL_USE, PAUSE_TURN, OTHER -> COMPLETED;
            case MAX_TOKENS, CONTEXT_WINDOW_EXCEEDED -> new Outcome("incomplete", "max_output_tokens", null);
            // A refusal in words is an answer like any other.
            case REFUSAL -> refuses ? COMPLETED : new Outcome("incomplete", "content_filter", null);
        };
    }

    static Outcome failed(WireError error) {
        return new Outcome("failed", null, error);
    }

    /** Whether the model had more to say. */
    boolean isCut() {
        return status.equals("incomplete");
    }

    /** Whether nothing more will come of the answer, and it did not break off. */
    boolean isComplete() {
        return error == null && this != IN_PROGRESS;
    }

    /** The event that tells it. */
    String event() {
        return "response." + status;
    }

    /** The word for what went wrong; agents decide by it whether to try again. */
    static String code(WireError error) {
        if (error.code() != null && !STATUS.matcher(error.code()).matches()) {
            return error.code();
        }
        return switch (error.kind()) {
            case CONTEXT_WINDOW -> "context_length_exceeded";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case BILLING, QUOTA_EXHAUSTED -> "insufficient_quota";
            case INVALID_REQUEST, TOO_LARGE, METHOD_NOT_ALLOWED, NOT_FOUND -> "invalid_prompt";
            // OpenAI has "server_is_overloaded", too, by which Codex gives up and does not try again.
            case AUTHENTICATION, PERMISSION, OVERLOADED, TIMEOUT, SERVER -> "server_error";
        };
    }
}
