package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.Scrubber;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Errors that stand in an answer which began as a success, whole or streamed. OpenRouter puts them beside the choices or into
 * one of them, Groq into its own member, and some vendors (Mistral, OpenRouter) only end a choice with a word for it. Whatever
 * has come of the answer then is not all of it.
 */
final class AnswerErrors {

    private static final String ERROR = "error";
    private static final int BAD_GATEWAY = 502;

    private AnswerErrors() {}

    /** The error in a whole answer or in a chunk of one; null when there is none. */
    static @Nullable WireError in(JsonNode answer) {
        JsonNode choices = answer.path("choices");
        if (answer.hasNonNull(ERROR) && (choices.isMissingNode() || saysSomething(answer.path(ERROR)))) {
            return ErrorDecoder.decodeInStream(answer);
        }
        for (int i = 0; i < choices.size(); i++) {
            WireError error = ofChoice(choices.path(i));
            if (error != null) {
                return error;
            }
        }
        JsonNode groqs = answer.path(BesideChoices.GROQ);
        return saysSomething(groqs.path(ERROR)) ? ErrorDecoder.decodeInStream(groqs) : null;
    }

    private static @Nullable WireError ofChoice(JsonNode choice) {
        if (saysSomething(choice.path(ERROR))) {
            return ErrorDecoder.decodeInStream(choice);
        }
        if (!choice.path(FinishReasons.NAME).stringValue("").equals(ERROR)) {
            return null;
        }
        String vendors = choice.path("native_finish_reason").stringValue("");
        String why = vendors.isBlank() || vendors.equals(ERROR) ? "" : " (" + Scrubber.clean(vendors) + ")";
        return new WireError(
                BAD_GATEWAY,
                Kind.SERVER,
                "the provider ended its answer with an error" + why + " and said nothing more of it",
                null,
                null);
    }

    /** Some vendors have the member in every answer, with nothing in it. */
    private static boolean saysSomething(JsonNode error) {
        return error.isString() ? !error.stringValue().isBlank() : error.isContainer() && !error.isEmpty();
    }
}
