package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.Untold;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks in the chunks of a stream for members that nobody knows, and names them as those of a whole answer are named. For one
 * stream: a chunk that has none of them costs a look at its names and no memory.
 */
final class UnknownMembers {

    private static final Set<String> CHOICE =
            Set.of("index", "delta", "finish_reason", "stop_reason", "logprobs", UsageCodec.NAME);
    private static final String TIER = AnswerLosses.BESIDE_CHOICES + "." + ServiceTier.NAME;

    private final BiConsumer<String, JsonNode> ofChunk;
    private final BiConsumer<String, JsonNode> ofChoice;
    private final BiConsumer<String, JsonNode> ofDelta;
    private final BiConsumer<String, JsonNode> ofCall;
    private final BiConsumer<String, JsonNode> ofFunction;
    private final BiConsumer<String, JsonNode> ofCustom;
    private final BiConsumer<String, JsonNode> ofLogprobs;
    private final BiConsumer<String, JsonNode> ofPart;
    private final BiConsumer<String, JsonNode> late;

    private @Nullable JsonNode tier;

    UnknownMembers(Untold untold) {
        ofChunk = (name, value) -> {
            if (name.equals(ServiceTier.NAME)) {
                tier = value;
            } else if (!BesideChoices.isKnown(name, value)) {
                untold.add(name, value);
            }
        };
        ofChoice = (name, value) -> {
            if (!CHOICE.contains(name)) {
                untold.add(name, value);
            } else if (name.equals(Logprobs.NAME)) {
                lookInto(value);
            }
        };
        ofLogprobs = (name, value) -> {
            if (!name.equals("content")) {
                untold.add(Logprobs.NAME + "." + name, value);
            }
        };
        ofPart = (name, value) -> {
            if (!ChoiceDecoder.PART.contains(name)) {
                untold.add(name, value);
            }
        };
        ofFunction = ofBody("function", ChoiceDecoder.FUNCTION, untold);
        ofCustom = ofBody("custom", ChoiceDecoder.CUSTOM, untold);
        ofDelta = (name, value) -> {
            if (!isOfDelta(name)) {
                untold.add(ofMessage(name), value);
            } else if (name.equals(ExtraContent.NAME)) {
                ExtraContent.nameIn(value, untold);
            }
        };
        ofCall = (name, value) -> {
            if (!ChoiceDecoder.CALL.contains(name)) {
                untold.add(name, value);
            } else if (name.equals(ExtraContent.NAME)) {
                ExtraContent.nameIn(value, untold);
            }
        };
        late = (name, value) -> {
            if (!name.equals("role") && !value.stringValue(" ").isEmpty()) {
                untold.add(ofMessage(name), value);
            }
        };
    }

    private static BiConsumer<String, JsonNode> ofBody(String body, Set<String> known, Untold untold) {
        return (name, value) -> {
            if (!known.contains(name)) {
                untold.add(body + "." + name, value);
            }
        };
    }

    private void lookInto(JsonNode logprobs) {
        logprobs.forEachEntry(ofLogprobs);
    }

    private static boolean isOfDelta(String name) {
        return ChoiceDecoder.MESSAGE.contains(name) || name.equals("annotations");
    }

    private static String ofMessage(String name) {
        return ResponseEncoder.MESSAGE + "." + name;
    }

    /** Names those beside the choices. */
    void chunk(JsonNode chunk) {
        chunk.forEachEntry(ofChunk);
    }

    /** Names those of a choice, but for what is in its delta. */
    void choice(JsonNode choice) {
        choice.forEachEntry(ofChoice);
    }

    /** Names those of a delta and of the tool calls in it. */
    void delta(JsonNode delta) {
        delta.forEachEntry(ofDelta);
        JsonNode calls = delta.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.path(i);
            call.forEachEntry(ofCall);
            call.path("function").forEachEntry(ofFunction);
            call.path("custom").forEachEntry(ofCustom);
        }
        delta.path("function_call").forEachEntry(ofFunction);
    }

    /** Names those of a part of a content that is a list. */
    void part(JsonNode part) {
        part.forEachEntry(ofPart);
    }

    /** Names all that is told of a choice that has ended. */
    void late(JsonNode choice) {
        choice(choice);
        choice.path("delta").forEachEntry(late);
    }

    /** The extras of an answer's end with the service tier, if only chunks before the last have told it. */
    Extras withTier(Extras extras) {
        JsonNode told = tier;
        if (told == null || told.isNull() || ServiceTier.isUsual(told) || extras.member(OPENAI_CHAT, TIER) != null) {
            return extras;
        }
        return extras.with(OPENAI_CHAT, TIER, told);
    }
}
