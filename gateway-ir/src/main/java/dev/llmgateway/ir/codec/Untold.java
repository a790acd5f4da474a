package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names of what an answer tells that only its own format has a place for, and that no part and no other extra carries; they
 * wait here for an event that can, each with the number of the frames of a stream that had it. Of the values nothing is kept: an
 * answer in sound and pictures is large. Not thread safe.
 */
public final class Untold {

    /** Remembers the names, and how many frames had each, among an answer's extras. No client is shown it. */
    public static final String MARK = "untold";

    private static final int LONGEST = 2 * AnswerLosses.LONGEST;

    private final Dialect dialect;
    private final Set<String> known = new HashSet<>(0);
    private final Map<String, Integer> waiting = new LinkedHashMap<>(0);
    private final List<String> ofFrame = new ArrayList<>(0);
    private List<String> ofFrameBefore = List.of();

    /** Collects the names of one answer in {@code dialect}. */
    public Untold(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds a name, as the whole answer would have it; each once in a frame, and no more than are ever told. */
    public void add(String name) {
        String bounded = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        boolean isTold = known.contains(bounded) || known.size() <= AnswerLosses.MOST && known.add(bounded);
        if (isTold && !ofFrame.contains(bounded)) {
            ofFrame.add(bounded);
            waiting.merge(bounded, 1, Integer::sum);
        }
    }

    /** The names since the last time that this was asked: those of a frame of a stream, which is over. Mostly none. */
    public List<String> endFrame() {
        if (ofFrame.isEmpty()) {
            return List.of();
        }
        if (!ofFrame.equals(ofFrameBefore)) {
            ofFrameBefore = List.copyOf(ofFrame);
        }
        ofFrame.clear();
        return ofFrameBefore;
    }

    /** Adds the name of a member, unless that says nothing. */
    public void add(String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull() && (value.isValueNode() || !value.isEmpty())) {
            add(name);
        }
    }

    /** Whether no name waits. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the names that wait into the extras of an event. */
    public Extras mark(Extras extras) {
        if (waiting.isEmpty()) {
            return extras;
        }
        ObjectNode names = Json.mapper().createObjectNode();
        waiting.forEach(names::put);
        waiting.clear();
        return extras.with(dialect, MARK, names);
    }
}
