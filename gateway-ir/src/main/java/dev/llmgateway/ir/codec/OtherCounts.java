package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the usage of an answer tells beside the canonical counts: tokens of sound or of predictions, the cost, whatever a vendor
 * adds. It is kept among the extras of an answer's end, or of a report, under names that begin with {@value #USAGE}, of one in an
 * object of details with the name of that behind it.
 *
 * @param known the members of the usage that have a place of their own
 * @param details the members of the usage that are objects, with those of theirs that have a place of their own
 */
public record OtherCounts(Dialect dialect, Set<String> known, Map<String, Set<String>> details) {

    /** What the names of such extras begin with. */
    public static final String USAGE = "usage.";

    /** Those of a usage that say something; {@link Extras#NONE} when none do. */
    public Extras in(JsonNode usage) {
        Map<String, JsonNode> found = new LinkedHashMap<>(0);
        for (Map.Entry<String, JsonNode> member : usage.properties()) {
            Set<String> inner = details.get(member.getKey());
            if (inner != null && member.getValue().isObject()) {
                String prefix = USAGE + member.getKey() + ".";
                member.getValue().forEachEntry((name, value) -> {
                    if (!inner.contains(name) && tellsSomething(value)) {
                        found.put(prefix + name, value);
                    }
                });
            } else if (!known.contains(member.getKey()) && tellsSomething(member.getValue())) {
                found.put(USAGE + member.getKey(), member.getValue());
            }
        }
        return Extras.of(dialect, found);
    }

    /** Writes those that belong into the usage itself, which is open. */
    public void write(Extras extras, JsonWriter out) {
        extras.of(dialect).forEach((name, value) -> {
            if (isOne(name) && details.keySet().stream().noneMatch(of -> isIn(of, name))) {
                out.node(name.substring(USAGE.length()), value);
            }
        });
    }

    /** Writes those that belong into an object of details, which is open. */
    public void write(Extras extras, String object, JsonWriter out) {
        extras.of(dialect).forEach((name, value) -> {
            if (isIn(object, name)) {
                out.node(name.substring(USAGE.length() + object.length() + 1), value);
            }
        });
    }

    private static boolean isIn(String object, String name) {
        return name.startsWith(object + ".", USAGE.length()) && isOne(name);
    }

    /** Whether an extra of this name is of the usage. */
    public static boolean isOne(String name) {
        return name.startsWith(USAGE);
    }

    /** Whether a value counts or says anything: neither 0 nor null nor empty. */
    static boolean tellsSomething(JsonNode value) {
        return value.isNumber()
                ? value.doubleValue(1) != 0
                : !value.isNull() && (value.isValueNode() || !value.isEmpty());
    }
}
