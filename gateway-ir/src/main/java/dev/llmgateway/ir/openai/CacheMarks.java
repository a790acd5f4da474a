package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;

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
        return extras.cacheMark() != null && traits.acceptsOpenAiExtras() && known;
    }

    /** Whether Anthropic's member goes on as it is: OpenAI knows no such member, many of the others that speak its format do. */
    boolean passes(Extras extras) {
        return CacheControl.isIn(extras) && !traits.acceptsOpenAiExtras();
    }

    /** The extras without the member that OpenAI would refuse. */
    Extras own(Extras extras) {
        return CacheControl.isIn(extras) && traits.acceptsOpenAiExtras() ? extras.without(CacheControl.MEMBER) : extras;
    }

    /** Notes the mark of something that OpenAI marks nothing on: a tool, a call or a result. */
    void nameUnlessPassed(Extras extras) {
        if (!passes(extras)) {
            losses.addMark(Lost.CACHE_MARK, extras);
        }
    }
}
