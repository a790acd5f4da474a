package dev.llmgateway.server.management;

import dev.llmgateway.api.NearestName;
import java.util.Collection;
import java.util.List;

/** Words for a name that nobody knows. */
final class SimilarNames {

    private static final int SHOWN = 3;

    private SimilarNames() {}

    /** {@code ": did you mean a, b?"} with the nearest known names, or nothing when none is near. */
    static String hint(String name, Collection<String> known) {
        List<String> near = NearestName.allOf(name, known, SHOWN);
        return near.isEmpty() ? "" : ": did you mean " + String.join(", ", near) + "?";
    }
}
