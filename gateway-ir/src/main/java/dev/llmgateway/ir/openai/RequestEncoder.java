package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.CompactionBlocks;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.LongToolNames;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.MixedMessages;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes a request for a provider: the client's own bytes with single members spliced when that is enough, else everything
 * anew.
 */
final class RequestEncoder {

    /** Members that OpenAI and its close copies know and that others have been seen to refuse. */
    private static final Set<String> OPENAI_ONLY = Set.of(
            "store",
            "metadata",
            "moderation",
            "prediction",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "verbosity");

    private RequestEncoder() {}

    /** Notes one that is left out; what is lost of {@code thinking} is noted with the effort that takes its place. */
    static void nameLeftOut(String name, JsonNode value, Losses losses) {
        boolean isUsual = name.equals(ServiceTier.NAME) && ServiceTier.isUsual(value);
        if (!name.equals(ThinkingOfChat.MEMBER) && !isUsual && saysSomething(value)) {
            losses.add(name);
        }
    }

    /** {@code store: false} and the like ask for what a target does that does not know the member. */
    private static boolean saysSomething(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    /** What the target is sent of a member of the request, or null when it would refuse it. */
    static @Nullable JsonNode taken(String name, JsonNode value, ModelTraits traits, TargetSettings settings) {
        if (leavesOut(name, traits, settings)) {
            return null;
        }
        return name.equals(ServiceTier.NAME) ? ServiceTier.wanted(value, traits.serviceTiers()) : value;
    }

    /** Whether the target would refuse a member of the request that it is not asked with in other words. */
    private static boolean leavesOut(String name, ModelTraits traits, TargetSettings settings) {
        return traits.refuses(name)
                || switch (name) {
                    case ThinkingOfChat.MEMBER, CacheControl.MEMBER -> !traits.acceptsUnknownMembers();
                    case "logprobs", "top_logprobs" -> !settings.samples();
                    default -> OPENAI_ONLY.contains(name) && !traits.acceptsOpenAiExtras();
                };
    }

    static EncodedRequest encode(ChatRequest asked, Target target) {
        ChatRequest request = CompactionBlocks.asTexts(MixedMessages.apart(LongToolNames.shortened(asked)));
        if (request.choiceCount() > 1 && target.traits().refuses("n")) {
            throw new UntranslatableException(
                    "n",
                    "this model's provider gives one answer per request, " + request.choiceCount() + " were asked for");
        }
        Losses losses = new Losses(request.dialect(), OPENAI_CHAT);
        TargetSettings settings = TargetSettings.of(request, target, losses);
        JsonDocument wire = request.dialect() == OPENAI_CHAT ? request.wire() : null;
        boolean splice =
                wire != null && !settings.formatInWords() && !WireObstacles.found(request, target.traits(), settings);
        byte[] body = splice && wire != null
                ? new RequestSplicer(request, target, settings, losses).splice(wire)
                : new RequestWriter(request, target, settings, losses).write();
        return new EncodedRequest(body, Map.of(), losses.names(request));
    }
}
