package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.FreeTextCalls;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the names of what a request loses on its way, each once, in the caller's words. For one request. */
final class Losses {

    /** Members that only say how the caller's own dialect spells something, or whose value travels under another name. */
    private static final Set<String> SPELLING = Set.of(
            "stream_options",
            FreeTextCalls.MARK,
            "functions",
            "safety_identifier",
            "logprobs",
            PartWriter.CACHE_BREAKPOINT);

    private final @Nullable Dialect caller;
    private final Set<String> names = new LinkedHashSet<>();

    Losses(@Nullable Dialect caller) {
        this.caller = caller;
    }

    @Nullable
    Dialect caller() {
        return caller;
    }

    /** Whether the request came in this dialect, whose members are the client's own business. */
    boolean isOwnCaller() {
        return caller == OPENAI_RESPONSES;
    }

    /** Notes a member that all dialects call alike, or that only one has. */
    void add(String name) {
        names.add(name);
    }

    void add(Lost what) {
        names.add(what.nameIn(caller));
    }

    /** Notes a part of a message. */
    void addPart(String type) {
        names.add(parts() + type);
    }

    /** Notes the members of a part that only other dialects know, and its cache mark unless that is kept. */
    void ofPart(Extras extras, boolean keepsMark) {
        addForeign(parts(), extras);
        CacheMark mark = extras.cacheMark();
        if (mark != null && !keepsMark) {
            add(Lost.CACHE_MARK);
        } else if (mark != null && mark.losesTtlAtOpenAi()) {
            names.add(Lost.CACHE_MARK.nameIn(caller) + ".ttl");
        }
    }

    /** Notes the members of a message that only other dialects know. */
    void ofMessage(Extras extras) {
        addForeign(isOwnCaller() ? "input[]." : "messages[].", extras);
    }

    /**
     * Notes the members that only other dialects know.
     *
     * @param prefix what to put before a name
     */
    void addForeign(String prefix, Extras extras) {
        for (Map.Entry<Dialect, Map<String, JsonNode>> of : extras.members().entrySet()) {
            if (of.getKey() != OPENAI_RESPONSES) {
                of.getValue().keySet().stream()
                        .filter(name -> !SPELLING.contains(name))
                        .forEach(name -> names.add(prefix + name));
            }
        }
    }

    private String parts() {
        return isOwnCaller() ? "input[].content[]." : "messages[].content[].";
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
