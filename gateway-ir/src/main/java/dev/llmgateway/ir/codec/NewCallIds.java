package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the calls of one answer as its client sees them: none that an earlier call of the conversation has. Some models
 * number the calls of every answer anew, and agents take a call whose id they know for one that they have run. Not thread safe.
 */
public final class NewCallIds {

    private final ChatRequest request;
    private final Map<String, String> given = new HashMap<>(0);
    private @Nullable Set<String> taken;

    /** For the answer to a request that holds the conversation. */
    public NewCallIds(ChatRequest request) {
        this.request = request;
    }

    /** The id for a call of the answer that its provider calls by this one: the same each time. */
    public String of(String id) {
        return given.computeIfAbsent(id, this::choose);
    }

    private String choose(String id) {
        Set<String> others = taken();
        String free = id;
        for (int count = 2; !others.add(free); count++) {
            free = id + "_" + count;
        }
        return free;
    }

    private Set<String> taken() {
        Set<String> known = taken;
        if (known == null) {
            known = new HashSet<>();
            for (Message message : request.messages()) {
                for (Content part : message.content()) {
                    if (part instanceof Content.ToolCall call) {
                        known.add(call.id());
                    }
                }
            }
            taken = known;
        }
        return known;
    }
}
