package dev.llmgateway.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Which processors run what: the contender on one, load generator and upstream on the other, so that neither takes time
 * from the other and a contender's scheduling does not depend on the load. Needs {@code taskset} and two processors;
 * without them nothing is pinned and the report says so.
 *
 * @param contender processors of a contender, as taskset's list format; empty when nothing is pinned
 * @param load processors of the upstream and of this process
 */
record Pinning(String contender, String load) {

    boolean active() {
        return !contender.isEmpty();
    }

    List<String> onContender(List<String> command) {
        return on(contender, command);
    }

    List<String> onLoad(List<String> command) {
        return on(load, command);
    }

    /** With every processor of the two groups: how a server is started outside of a measurement. */
    List<String> onAll(List<String> command) {
        return on(active() ? contender + "," + load : "", command);
    }

    private static List<String> on(String processors, List<String> command) {
        if (processors.isEmpty()) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", processors));
        pinned.addAll(command);
        return List.copyOf(pinned);
    }
}
