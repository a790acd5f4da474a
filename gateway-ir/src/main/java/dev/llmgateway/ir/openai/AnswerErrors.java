package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ErrorMembers;
import dev.llmgateway.ir.codec.Scrubber;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
    private static final Set<String> OF_GROQ = Set.of("id", "seed", ERROR);

    private AnswerErrors() {}

    /** The error in a whole answer or in a chunk of one; null when there is none. */
    static @Nullable WireError in(JsonNode answer) {
        JsonNode choices = answer.path("choices");
        if (answer.hasNonNull(ERROR) && (choices.isMissingNode() || saysSomething(answer.path(ERROR)))) {
            return ErrorDecoder.decodeInAnswer(answer, answer, known(answer));
        }
        for (int i = 0; i < choices.size(); i++) {
            WireError error = ofChoice(choices.path(i), answer);
            if (error != null) {
                return error;
            }
        }
        JsonNode groqs = answer.path(BesideChoices.GROQ);
        return saysSomething(groqs.path(ERROR)) ? ErrorDecoder.decodeInAnswer(groqs, answer, known(answer)) : null;
    }

    /** What an answer says beside an error that is no part of it; what it has of choices only while those say nothing. */
    private static Set<String> known(JsonNode answer) {
        Set<String> known = new HashSet<>();
        known.add(ERROR);
        known.add("type");
        answer.forEachEntry((name, value) -> {
            boolean isKnown = switch (name) {
                case "usage" -> false;
                case "choices" -> !tellsText(value);
                case BesideChoices.GROQ -> OF_GROQ.containsAll(value.propertyNames());
                default -> BesideChoices.isKnown(name, value);
            };
            if (isKnown) {
                known.add(name);
            }
        });
        return known;
    }

    private static boolean tellsText(JsonNode choices) {
        for (JsonNode choice : choices) {
            for (String part : new String[] {"delta", "message"}) {
                for (Map.Entry<String, JsonNode> member : choice.path(part).properties()) {
                    JsonNode value = member.getValue();
                    if (!member.getKey().equals("role") && saysSomething(value)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static @Nullable WireError ofChoice(JsonNode choice, JsonNode answer) {
        if (saysSomething(choice.path(ERROR))) {
            return ErrorDecoder.decodeInAnswer(choice, answer, known(answer));
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
                null,
                new ErrorMembers(Dialect.OPENAI_CHAT)
                        .beside(answer, known(answer))
                        .toExtras());
    }

    /** Some vendors have the member in every answer, with nothing in it. */
    private static boolean saysSomething(JsonNode error) {
        return error.isString() ? !error.stringValue().isBlank() : error.isContainer() && !error.isEmpty();
    }
}
