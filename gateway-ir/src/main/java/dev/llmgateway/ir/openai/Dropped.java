package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what cannot be carried, each once, by its name in the caller's dialect. */
final class Dropped {

    private final @Nullable Dialect caller;
    private final Set<String> names = new LinkedHashSet<>();

    Dropped(ChatRequest request) {
        caller = request.dialect();
    }

    boolean isForAnthropicCaller() {
        return caller == Dialect.ANTHROPIC_MESSAGES;
    }

    @Nullable
    Dialect caller() {
        return caller;
    }

    /** Notes a member that both dialects call alike. */
    void add(String name) {
        names.add(name);
    }

    void add(String openAiName, String anthropicName) {
        names.add(isForAnthropicCaller() ? anthropicName : openAiName);
    }

    /** Notes a prompt-cache mark. */
    void addCacheMark() {
        add(PartDecoder.CACHE_BREAKPOINT, "cache_control");
    }

    /** Notes how long a prompt should have been kept. */
    void addCacheTtl() {
        add(PartDecoder.CACHE_BREAKPOINT + ".ttl", "cache_control.ttl");
    }

    /** Notes what a provider sealed, which only its maker can read. */
    void addSealedReasoning() {
        if (caller == Dialect.OPENAI_RESPONSES) {
            add("input[].encrypted_content");
        } else {
            add("messages[]." + ReasoningDetails.NAME, "messages[].content[].signature");
        }
    }

    /** Notes the members of a value that belong to another dialect. */
    void addForeign(Extras extras, String prefix) {
        for (Map.Entry<Dialect, Map<String, JsonNode>> members :
                extras.members().entrySet()) {
            if (members.getKey() == Dialect.OPENAI_RESPONSES) {
                members.getValue().forEach((name, value) -> {
                    if (!ResponsesMembers.isSpelling(name, value)) {
                        names.add(prefix + name);
                    }
                });
            } else if (members.getKey() != Dialect.OPENAI_CHAT) {
                members.getValue().keySet().forEach(name -> names.add(prefix + name));
            }
        }
    }

    List<String> names() {
        return caller == Dialect.OPENAI_RESPONSES
                ? names.stream().map(ResponsesMembers::nameOf).distinct().toList()
                : new ArrayList<>(names);
    }
}
