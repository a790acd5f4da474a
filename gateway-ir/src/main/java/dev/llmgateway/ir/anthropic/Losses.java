package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the names of what a request loses on its way, each once. For one request. */
final class Losses {

    /**
     * Members that only say how the caller's own dialect spells something, or whose value travels under another name: another
     * dialect loses nothing without them.
     */
    private static final Set<String> SPELLING = Set.of("stream_options", "type", "functions", "safety_identifier");

    private final @Nullable Dialect caller;
    private final Set<String> names = new LinkedHashSet<>();

    Losses(@Nullable Dialect caller) {
        this.caller = caller;
    }

    @Nullable
    Dialect caller() {
        return caller;
    }

    void add(Lost what) {
        names.add(what.nameIn(caller));
    }

    void add(Lost what, String detail) {
        names.add(what.nameIn(caller) + "." + detail);
    }

    void add(String name) {
        names.add(name);
    }

    /**
     * Names the members that only other dialects know.
     *
     * @param prefix what to put before a name, for example {@code messages[].}
     */
    void addForeign(String prefix, Extras extras) {
        for (Map.Entry<Dialect, Map<String, JsonNode>> of : extras.members().entrySet()) {
            if (of.getKey() != Dialect.ANTHROPIC_MESSAGES) {
                of.getValue().forEach((name, value) -> {
                    if (!SPELLING.contains(name) && !isSpelling(of.getKey(), name, value)) {
                        names.add(prefix + name);
                    }
                });
            }
        }
    }

    private static boolean isSpelling(Dialect dialect, String name, JsonNode value) {
        // Nobody but OpenAI stores answers.
        boolean asksNothing = name.equals("store") && !value.booleanValue(true);
        return asksNothing
                || dialect == Dialect.OPENAI_RESPONSES
                        && (ResponsesMembers.isSpelling(name, value)
                                || name.equals("include") && asksForSealsOnly(value));
    }

    /** What is sealed comes by itself. */
    private static boolean asksForSealsOnly(JsonNode include) {
        return include.values().stream().allMatch(name -> name.stringValue("").equals("reasoning.encrypted_content"));
    }

    List<String> names() {
        return caller == Dialect.OPENAI_RESPONSES
                ? names.stream().map(ResponsesMembers::nameOf).distinct().toList()
                : List.copyOf(names);
    }
}
