package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

    /** Whether there is one on a tool that only its vendor runs, or inside, for a target that would refuse it. */
    static boolean isRefused(Tool.Vendor tool, ModelTraits traits) {
        JsonNode json = tool.json();
        boolean isMarked = json.has(CacheControl.MEMBER) || inside(json).has(CacheControl.MEMBER);
        return isMarked && !traits.acceptsUnknownMembers();
    }

    /** What such a tool has under the name of its type. */
    private static JsonNode inside(JsonNode tool) {
        return tool.path(tool.path("type").stringValue(""));
    }

    /**
     * Such a tool as the target takes it; what it loses is noted.
     *
     * @param position what the tool is called
     */
    JsonNode own(Tool.Vendor tool, String position) {
        if (!isRefused(tool, traits)) {
            return tool.json();
        }
        JsonNode copy = tool.json().deepCopy();
        for (JsonNode marked : List.of(copy, inside(copy))) {
            if (marked instanceof ObjectNode object && object.has(CacheControl.MEMBER)) {
                boolean saysNothing = object.remove(CacheControl.MEMBER).isNull();
                if (!saysNothing) {
                    losses.add(position + "." + CacheControl.MEMBER);
                }
            }
        }
        return copy;
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
