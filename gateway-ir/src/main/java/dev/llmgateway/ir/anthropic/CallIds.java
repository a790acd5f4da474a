package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ids of one request's tool calls as Anthropic takes them: of its alphabet, and unique. Some vendors number the calls
 * of every answer from 0 again, which Anthropic refuses; a repeated id gets a counter, and the results that follow it
 * go with it. For one request, to be asked in the order of the conversation.
 */
final class CallIds {

    private final Set<String> used = new HashSet<>();
    private final Map<String, String> latest = new HashMap<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    String ofCall(String id) {
        String legal = ToolCallIds.forAnthropic(id);
        String unique = legal;
        while (!used.add(unique)) {
            unique = legal + "_" + repeats.merge(legal, 1, Integer::sum);
        }
        latest.put(id, unique);
        return unique;
    }

    String ofResult(String callId) {
        String known = latest.get(callId);
        return known == null ? ToolCallIds.forAnthropic(callId) : known;
    }
}
