package dev.llmgateway.ir.anthropic;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON document something stands; reads {@code messages[2].content[0].type}. The text is only built when
 * something is wrong there.
 */
record Place(@Nullable Place parent, @Nullable String name, int index) {

    /** A top member. */
    static Place of(String name) {
        return new Place(null, name, 0);
    }

    Place member(String child) {
        return new Place(this, child, 0);
    }

    Place element(int i) {
        return new Place(this, null, i);
    }

    @Override
    public String toString() {
        Deque<Place> path = new ArrayDeque<>();
        for (Place at = this; at != null; at = at.parent) {
            path.push(at);
        }
        StringBuilder text = new StringBuilder();
        for (Place step : path) {
            if (step.name == null) {
                text.append('[').append(step.index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.name);
            }
        }
        return text.toString();
    }
}
