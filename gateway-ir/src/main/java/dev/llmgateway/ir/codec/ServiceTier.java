package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tier that an answer was made in, which both formats of OpenAI tell in the same words. */
public final class ServiceTier {

    /** The member that tells it, of the whole answer in both formats. */
    public static final String NAME = "service_tier";

    private static final String OF_CHAT = AnswerLosses.BESIDE_CHOICES + "." + NAME;

    /** Groq calls it on demand. */
    private static final Set<String> USUAL = Set.of("default", "auto", "on_demand");

    private ServiceTier() {}

    /** What an answer of Chat tells of it, at the end of its first choice, or null. */
    public static @Nullable JsonNode ofChat(Extras extras) {
        return extras.member(OPENAI_CHAT, OF_CHAT);
    }

    /** What an answer of Responses tells of it, or null. */
    public static @Nullable JsonNode ofResponses(Extras extras) {
        return extras.member(OPENAI_RESPONSES, NAME);
    }

    /** Whether it is the one that everybody gets who asks for none. */
    public static boolean isUsual(JsonNode tier) {
        return USUAL.contains(tier.stringValue(""));
    }
}
