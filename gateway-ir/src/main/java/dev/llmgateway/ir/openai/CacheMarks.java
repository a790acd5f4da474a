package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import tools.jackson.databind.JsonNode;

/** What becomes of prompt-cache marks on their way to a target of Chat Completions. */
final class CacheMarks {

    private final ModelTraits traits;
    private final Losses losses;

    CacheMarks(ModelTraits traits, Losses losses) {
        this.traits = traits;
        this.losses = losses;
    }

    /** Whether a part is marked in OpenAI's words. One that came as Anthropic's is for a model that caches on demand: the others do without. */
    boolean keeps(Extras extras) {
        boolean anthropic = losses.caller() == ANTHROPIC_MESSAGES || CacheControl.isIn(extras);
        boolean known = !anthropic || traits.acceptsCacheBreakpoints();
        return extras.cacheMark() != null && traits.acceptsOpenAiExtras() && known && !passes(extras);
    }

    /** Whether Anthropic's member goes on as it is, to servers that know it or pass over it. */
    boolean passes(Extras extras) {
        return CacheControl.isIn(extras) && traits.acceptsUnknownMembers();
    }

    /** The extras without the member that the target would refuse. */
    Extras own(Extras extras) {
        return isRefused(extras, traits) ? extras.without(CacheControl.MEMBER) : extras;
    }

    /** Whether there is Anthropic's member, of whatever kind, for a target that would refuse it. */
    static boolean isRefused(Extras extras, ModelTraits traits) {
        return CacheControl.isNamedIn(extras) && !traits.acceptsUnknownMembers();
    }

    /**
     * Notes the mark of something that OpenAI marks nothing on: a message, a tool, a call or a result.
     *
     * @param place what its members' names begin with
     */
    void nameUnlessPassed(String place, Extras extras) {
        if (!passes(extras)) {
            losses.addMark(Lost.CACHE_MARK, place, extras);
        }
        nameUnknown(place, extras);
    }

    /** Notes the member where it is left out and has not marked anything. */
    void nameUnknown(String place, Extras extras) {
        JsonNode control = extras.member(OPENAI_CHAT, CacheControl.MEMBER);
        boolean isMark = extras.cacheMark() != null && CacheControl.isIn(extras);
        if (control != null && !control.isNull() && !isMark && isRefused(extras, traits)) {
            losses.add(place + CacheControl.MEMBER);
        }
    }
}
