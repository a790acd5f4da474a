package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Anthropic's cache mark in a Chat Completions request, on a part, a tool or a message, where OpenAI itself has no such member. */
public final class CacheControl {

    /** The member. */
    public static final String MEMBER = "cache_control";

    private CacheControl() {}

    /** What it asks for; null when it is of no kind that Anthropic has. */
    public static @Nullable CacheMark mark(JsonNode control) {
        return isKnown(control) ? new CacheMark(control.path("ttl").stringValue(null)) : null;
    }

    /** Extras with the mark that their own member asks for; as they are when it is not there or of no known kind. */
    public static Extras marked(Extras extras) {
        JsonNode control = extras.member(Dialect.OPENAI_CHAT, MEMBER);
        CacheMark mark = control == null ? null : mark(control);
        return mark == null ? extras : extras.withCacheMark(mark);
    }

    /** The same, of a message as a whole. */
    public static Extras markedWhole(Extras extras) {
        JsonNode control = extras.member(Dialect.OPENAI_CHAT, MEMBER);
        CacheMark mark = control == null ? null : mark(control);
        return mark == null ? extras : extras.withCacheMark(new CacheMark(mark.ttl(), true));
    }

    /** What of one of a known kind Anthropic would not be told: members of it, or a time to live that it does not have. */
    static List<String> unsaid(JsonNode control) {
        return control.properties().stream()
                .filter(member -> !member.getKey().equals("type"))
                .filter(member -> !member.getValue().isNull())
                .filter(member -> !member.getKey().equals("ttl")
                        || !CacheMark.TTLS_OF_ANTHROPIC.contains(
                                member.getValue().stringValue("")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a part of a Chat Completions request has one. */
    public static boolean isIn(Extras extras) {
        JsonNode control = extras.member(Dialect.OPENAI_CHAT, MEMBER);
        return control != null && isKnown(control);
    }

    /** Whether a part, a message, a tool or the whole request has one of whatever kind. */
    public static boolean isNamedIn(Extras extras) {
        return extras.member(Dialect.OPENAI_CHAT, MEMBER) != null;
    }

    static boolean isKnown(JsonNode control) {
        return control.path("type").stringValue("").equals("ephemeral");
    }
}
