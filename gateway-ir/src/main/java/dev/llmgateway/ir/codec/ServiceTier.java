package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The tier that an answer was made in. Both formats of OpenAI tell it in the same words; of Anthropic's, which stand in the {@code
 * usage}, the usual one has another name and the one that is served first the same. Tiers that wait ({@code flex}, {@code batch}) are
 * each vendor's own.
 */
public final class ServiceTier {

    /** The member that tells it, of the whole answer in both formats. */
    public static final String NAME = "service_tier";

    private static final String OF_CHAT = AnswerLosses.BESIDE_CHOICES + "." + NAME;

    private static final String OF_ANTHROPIC = "usage." + NAME;
    private static final String PRIORITY = "priority";

    /** Groq calls it on demand, Anthropic standard. */
    private static final Set<String> USUAL = Set.of("default", "auto", "on_demand", "standard");

    /** The usual one, as OpenAI calls it, and as those do who have no such word. */
    private static final String DEFAULT = "default";

    private static final String ON_DEMAND = "on_demand";

    private ServiceTier() {}

    /**
     * What a vendor with tiers of its own is asked for in place of one of OpenAI's.
     *
     * @param known the vendor's tiers; empty when it takes any word
     * @return the same one where the vendor has it, or null when it has nothing like it
     */
    public static @Nullable JsonNode wanted(JsonNode asked, Set<String> known) {
        String name = asked.stringValue("");
        if (known.isEmpty() || known.contains(name)) {
            return asked;
        }
        return name.equals(DEFAULT) && known.contains(ON_DEMAND) ? StringNode.valueOf(ON_DEMAND) : null;
    }

    /**
     * What a client of {@code dialect} is told of an answer that is another's.
     *
     * @param extras of the answer's end, or of its first choice's
     * @return null when there is nothing to tell, no word for it, or the dialect's own member among the extras
     */
    public static @Nullable JsonNode translated(Extras extras, Dialect dialect) {
        JsonNode ofChat = extras.member(OPENAI_CHAT, OF_CHAT);
        JsonNode ofResponses = extras.member(OPENAI_RESPONSES, NAME);
        JsonNode ofAnthropic = extras.member(ANTHROPIC_MESSAGES, OF_ANTHROPIC);
        return switch (dialect) {
            case OPENAI_CHAT, OPENAI_EMBEDDINGS -> ofChat != null ? null : either(ofResponses, common(ofAnthropic));
            case OPENAI_RESPONSES -> ofResponses != null ? null : either(ofChat, common(ofAnthropic));
            case ANTHROPIC_MESSAGES -> ofAnthropic != null ? null : common(either(ofChat, ofResponses));
        };
    }

    private static @Nullable JsonNode either(@Nullable JsonNode first, @Nullable JsonNode second) {
        return first == null ? second : first;
    }

    private static @Nullable JsonNode common(@Nullable JsonNode tier) {
        return tier != null && tier.stringValue("").equals(PRIORITY) ? tier : null;
    }

    /** Whether it is the one that everybody gets who asks for none. */
    public static boolean isUsual(JsonNode tier) {
        return USUAL.contains(tier.stringValue(""));
    }

    /** Whether a client of one dialect need not miss what an answer of another says of it: it is told, or it is as usual. */
    static boolean isTold(JsonNode tier, Dialect from, @Nullable Dialect to) {
        boolean ofOpenAi = from != ANTHROPIC_MESSAGES && to != ANTHROPIC_MESSAGES;
        return ofOpenAi || isUsual(tier) || common(tier) != null;
    }
}
