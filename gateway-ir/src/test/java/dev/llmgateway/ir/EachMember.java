package dev.llmgateway.ir;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out of a JSON value one member or element after the other, however deep, and puts each back at its place. */
final class EachMember {

    /** Tells by the path of what is missing whether it need not be looked into. */
    private final Predicate<String> without;

    private EachMember(Predicate<String> without) {
        this.without = without;
    }

    /**
     * Tries all of them.
     *
     * @param without is asked while one is missing, by its path ({@code messages[0].content}); whether what lies inside need not
     *     be tried by itself
     */
    static void leaveOut(JsonNode value, Predicate<String> without) {
        new EachMember(without).into(value, "");
    }

    private void into(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                String at = path.isEmpty() ? name : path + "." + name;
                JsonNode value = object.remove(name);
                boolean done = without.test(at);
                object.set(name, value);
                goOn(value, at, done);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String at = path + "[" + i + "]";
                JsonNode value = array.remove(i);
                boolean done = without.test(at);
                array.insert(i, value);
                goOn(value, at, done);
            }
        }
    }

    private void goOn(JsonNode value, String path, boolean done) {
        if (!done) {
            into(value, path);
        }
    }
}
