package dev.llmgateway.ir.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The ids of one request's tool calls as a vendor takes them that refuses an id which stands twice in a conversation. Some models
 * number the calls of every answer anew; a repeated id gets a counter, and the results that follow it go with it. For one
 * request, to be asked in the order of the conversation. Not thread safe.
 */
public final class UniqueCallIds {

    private final UnaryOperator<String> legal;
    private final Set<String> used = new HashSet<>();
    private final Map<String, String> latest = new HashMap<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    /**
     * Ids for one vendor.
     *
     * @param legal an id in the vendor's alphabet and length; different ids for different ones
     */
    public UniqueCallIds(UnaryOperator<String> legal) {
        this.legal = legal;
    }

    /** The id of the next call. */
    public String ofCall(String id) {
        String unique = legal.apply(id);
        while (!used.add(unique)) {
            unique = legal.apply(id + "_" + repeats.merge(id, 1, Integer::sum));
        }
        latest.put(id, unique);
        return unique;
    }

    /** The id of the call that a result is about: of those with its id the latest. */
    public String ofResult(String callId) {
        String known = latest.get(callId);
        return known == null ? legal.apply(callId) : known;
    }
}
