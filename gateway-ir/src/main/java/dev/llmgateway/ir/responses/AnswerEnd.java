package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.openai.ErrorDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a provider's response object says about the answer as a whole, once that is over. */
final class AnswerEnd {

    private static final String DETAILS = "incomplete_details";
    private static final String LIMIT = "max_output_tokens";
    private static final String FILTER = "content_filter";
    private static final String CANCELLED = "cancelled";

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
            LIMIT,
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

    /** What of that is no loss beside an error: what it has of output was shown as it came, or belongs to no answer. */
    private static final Set<String> BESIDE_ERROR =
            KNOWN.stream().filter(name -> !name.equals("usage")).collect(Collectors.toUnmodifiableSet());

    /** The same of a whole answer, of which nothing was shown. */
    private static final Set<String> BESIDE_ERROR_OF_ALL =
            BESIDE_ERROR.stream().filter(name -> !name.equals("output")).collect(Collectors.toUnmodifiableSet());

    private AnswerEnd() {}

    /** Whether there is no answer, whatever the event is called that says it is complete. */
    static boolean isFailure(JsonNode response) {
        String status = status(response);
        return response.hasNonNull("error") || status.equals("failed") || status.equals(CANCELLED);
    }

    /**
     * What to fail with then.
     *
     * @param frame the event of a stream that tells it, whose output was shown as it came; null for a whole answer
     */
    static ProviderStreamException failure(JsonNode response, @Nullable JsonNode frame) {
        WireError error = frame == null
                ? ErrorDecoder.decodeInAnswer(response, response, BESIDE_ERROR_OF_ALL)
                : ErrorDecoder.decodeInFrame(frame, response, BESIDE_ERROR);
        boolean unexplained = !response.hasNonNull("error") && status(response).equals(CANCELLED);
        return new ProviderStreamException(
                unexplained
                        ? new WireError(
                                error.status(),
                                error.kind(),
                                "the provider cancelled its answer",
                                error.code(),
                                null,
                                error.extras())
                        : error);
    }

    private static String status(JsonNode response) {
        return response.path("status").stringValue("");
    }

    static boolean isIncomplete(JsonNode response) {
        return status(response).equals("incomplete");
    }

    /** Why the model stopped when the answer is complete. The format itself does not tell calls and refusals from other ends. */
    static StopReason reason(boolean calls, boolean refuses) {
        if (calls) {
            return StopReason.TOOL_USE;
        }
        return refuses ? StopReason.REFUSAL : StopReason.END_TURN;
    }

    /** Why it stopped when the answer is incomplete: for reasons of its own, a limit, so that no client takes it for complete. */
    static StopReason cut(JsonNode response) {
        return cause(response).equals(FILTER) ? StopReason.REFUSAL : StopReason.MAX_TOKENS;
    }

    private static String cause(JsonNode response) {
        return response.path(DETAILS).path("reason").stringValue("");
    }

    /** The members that have no other place; why the answer is incomplete only where {@link #cut} does not say all of it. */
    static Extras extras(JsonNode response, Logprobs logprobs) {
        boolean isKnown = cause(response).equals(FILTER) || cause(response).equals(LIMIT);
        boolean isUsual = isKnown && response.path(DETAILS).size() == 1;
        Map<String, JsonNode> members = new LinkedHashMap<>();
        response.forEachEntry((name, value) -> {
            boolean unusual = name.equals(DETAILS) && !isUsual;
            if ((unusual || !KNOWN.contains(name)) && !value.isNull()) {
                members.put(name, value);
            }
        });
        Extras others = Extras.of(OPENAI_RESPONSES, members).and(UsageFields.others(response));
        return logprobs.inWordsOfChat(others);
    }

    /** Names what an answer tells as it begins that has no other place; its end tells such members mostly, too. */
    static void nameEarly(JsonNode response, Untold untold) {
        response.forEachEntry((name, value) -> {
            if (!KNOWN.contains(name) && !name.equals(ServiceTier.NAME)) {
                untold.add(name, value);
            }
        });
    }

    /** Seconds since the epoch, 0 when it does not say. */
    static long created(JsonNode response) {
        JsonNode created = response.path("created_at");
        return created.isNumber() ? (long) created.doubleValue(0) : 0;
    }
}
