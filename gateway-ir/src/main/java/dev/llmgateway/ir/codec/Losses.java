package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the names of what a request loses on its way, each once, in its caller's words. For one request; not thread safe. */
public final class Losses {

    /** What the names of a message's members begin with. */
    public static final String MESSAGE = "messages[].";

    /** What the names of a part's members begin with. */
    public static final String PART = MESSAGE + "content[].";

    /** Reasoning of which the conversation has no more than the id, under which its vendor stored it. */
    public static final String STORED_REASONING = MESSAGE + "reasoning";

    /** What the names of a tool call's members begin with. */
    public static final String CALL = MESSAGE + "tool_calls[].";

    /**
     * Members that only say how the caller's own dialect spells something, or whose value travels under another name: another
     * dialect loses nothing without them.
     */
    private static final Set<String> SPELLING =
            Set.of("stream_options", FreeTextCalls.MARK, AnswerLosses.ONE_FUNCTION_CALL, "safety_identifier");

    /** The same, between the two formats of OpenAI. */
    private static final Set<String> SPELLING_OF_OPENAI = Set.of("logprobs", "prompt_cache_breakpoint");

    private final @Nullable Dialect caller;
    private final Dialect target;
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * Nothing is lost yet.
     *
     * @param caller the dialect that the request came in; null when it was built in code
     * @param target the dialect that it is written in
     */
    public Losses(@Nullable Dialect caller, Dialect target) {
        this.caller = caller;
        this.target = target;
    }

    /** The dialect that the request came in; null when it was built in code. */
    public @Nullable Dialect caller() {
        return caller;
    }

    /** Whether the request came in the dialect that it is written in, whose members are the client's own business. */
    public boolean isOwnCaller() {
        return caller == target;
    }

    /** Notes a member that only one dialect has, or that all call alike; parts of messages in Chat Completions' words. */
    public void add(String name) {
        names.add(name);
    }

    /**
     * Notes a member of a tool.
     *
     * @param position where the tool stands in the caller's list
     * @param object what the member stands in inside the tool in Chat Completions, and there alone
     */
    public void addOfTool(String position, String object, String member) {
        boolean isFlat = caller == Dialect.ANTHROPIC_MESSAGES || caller == OPENAI_RESPONSES;
        names.add(position + "." + (isFlat ? "" : object + ".") + member);
    }

    /** Notes something that has a name in each dialect. */
    public void add(Lost what) {
        names.add(what.nameIn(caller));
    }

    /**
     * Notes a reasoning of the conversation: its text, and what is sealed of it. In Chat Completions a signature comes with the
     * text that it signs, so that both are one thing there.
     */
    public void addReasoning(Content.Reasoning lost) {
        OpaqueToken token = lost.token();
        boolean isOne =
                caller == Dialect.OPENAI_CHAT && token != null && token.kind() == OpaqueToken.Kind.ANTHROPIC_SIGNATURE;
        if (lost.text() != null && !lost.text().isEmpty() && !isOne) {
            add(Lost.REASONING_HISTORY);
        }
        addSeal(token);
        boolean isEmpty = token == null && (lost.text() == null || lost.text().isEmpty());
        if (isEmpty && lost.extras().member(Dialect.OPENAI_RESPONSES, "id") != null) {
            add(STORED_REASONING);
        }
    }

    /** Notes what is sealed of a reasoning whose text is not lost. */
    public void addSeal(@Nullable OpaqueToken lost) {
        if (lost != null) {
            boolean isRedacted = lost.kind() == OpaqueToken.Kind.ANTHROPIC_REDACTED;
            add(isRedacted ? Lost.REDACTED_REASONING : Lost.SEALED_REASONING);
        }
    }

    /** Notes a detail of it. */
    public void add(Lost what, String detail) {
        names.add(what.nameIn(caller) + "." + detail);
    }

    /** The value if it is accepted; else null, and the member is noted when there was one. */
    public <T> @Nullable T keep(@Nullable T value, boolean accepted, Lost member) {
        if (value == null || accepted) {
            return value;
        }
        add(member);
        return null;
    }

    /** The value, or the most that is accepted, and the member is noted when it is lowered. */
    public @Nullable Double atMost(@Nullable Double value, double most, Lost member) {
        if (value == null || value <= most) {
            return value;
        }
        add(member);
        return most;
    }

    /**
     * Notes a prompt-cache mark that has no place where it stands, as its caller calls it; nothing when there is none.
     *
     * @param place what to put before Anthropic's name of it, for example {@link #PART}
     */
    public void addMark(Lost kind, String place, Extras extras) {
        CacheMark mark = extras.cacheMark();
        if (mark != null) {
            add(nameOfMark(kind, place, mark, extras));
        }
    }

    private String nameOfMark(Lost kind, String place, CacheMark mark, Extras extras) {
        return CacheControl.isIn(extras) ? placeOf(mark, place) + CacheControl.MEMBER : kind.nameIn(caller);
    }

    private static String placeOf(CacheMark mark, String place) {
        return mark.isOfMessage() ? MESSAGE : place;
    }

    /** Notes what OpenAI's formats lose of a part of a message: members that only others know, and its prompt-cache mark. */
    public void ofPart(Content part, boolean keepsMark) {
        String prefix = ResponsesMembers.prefix(part, caller);
        Extras extras = part.extras();
        addForeign(prefix, extras);
        CacheMark mark = extras.cacheMark();
        if (!keepsMark) {
            addMark(Lost.CACHE_MARK, prefix, extras);
        } else if (mark != null && mark.losesTtlAtOpenAi()) {
            add(nameOfMark(Lost.CACHE_MARK, prefix, mark, extras) + ".ttl");
        }
    }

    /**
     * Notes the members that only other dialects know.
     *
     * @param prefix what to put before a name, for example {@link #MESSAGE}
     */
    public void addForeign(String prefix, Extras extras) {
        for (Map.Entry<Dialect, Map<String, JsonNode>> of : extras.members().entrySet()) {
            if (of.getKey() != target) {
                of.getValue().forEach((name, value) -> {
                    CacheMark mark = extras.cacheMark();
                    if (mark != null && isMark(of.getKey(), name, value)) {
                        addUnsaid(placeOf(mark, prefix) + name + ".", value);
                    } else if (!value.isNull()
                            && (isUntold(name, of.getValue()) || !isSpellingHere(of.getKey(), name, value))) {
                        names.add(prefix + name);
                    }
                });
            }
        }
    }

    /** Of a reasoning that has both, its content is told and its summary is not. */
    private static boolean isUntold(String name, Map<String, JsonNode> beside) {
        return name.equals("summary") && beside.containsKey("content");
    }

    private void addUnsaid(String prefix, JsonNode control) {
        if (target == Dialect.ANTHROPIC_MESSAGES) {
            CacheControl.unsaid(control).forEach(name -> names.add(prefix + name));
        }
    }

    /** The mark that it asks for travels, or is named, by itself. */
    private static boolean isMark(Dialect of, String name, JsonNode value) {
        return of == Dialect.OPENAI_CHAT && name.equals(CacheControl.MEMBER) && CacheControl.isKnown(value);
    }

    private boolean isSpellingHere(Dialect of, String name, JsonNode value) {
        boolean inResponses = of == OPENAI_RESPONSES && ResponsesMembers.isSpelling(name, value);
        return switch (target) {
            case OPENAI_CHAT, OPENAI_EMBEDDINGS -> inResponses;
            case OPENAI_RESPONSES -> SPELLING.contains(name) || SPELLING_OF_OPENAI.contains(name);
            case ANTHROPIC_MESSAGES ->
                SPELLING.contains(name) || inResponses || asksNothing(name, value) || isOfSealsOnly(of, name, value);
        };
    }

    /** Nobody but OpenAI stores answers. */
    private static boolean asksNothing(String name, JsonNode value) {
        return name.equals("store") && !value.booleanValue(true);
    }

    /** What is sealed comes by itself. */
    private static boolean isOfSealsOnly(Dialect of, String name, JsonNode value) {
        return of == OPENAI_RESPONSES
                && name.equals("include")
                && value.values().stream().allMatch(it -> it.stringValue("").equals("reasoning.encrypted_content"));
    }

    /** The names, each once, without what asks for nothing. */
    public List<String> names(ChatRequest request) {
        return NeutralMembers.left(names(), request);
    }

    /** The names, each once. */
    public List<String> names() {
        return caller == OPENAI_RESPONSES
                ? names.stream().map(ResponsesMembers::nameOf).distinct().toList()
                : List.copyOf(names);
    }
}
