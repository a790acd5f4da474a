package dev.llmgateway.ir.text;

import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Puts a marker into a body at every place where a string stands, or could stand, one place at a time. */
final class Markers {

    static final String MARKER = "MARKER-7f";

    /**
     * A body with one marker.
     *
     * @param path the place, with {@code []} for any element
     */
    record Marked(String path, byte[] body) {
        @Override
        public String toString() {
            return path;
        }
    }

    private final JsonNode root;
    private final Pattern exempt;
    private final List<Marked> marked = new ArrayList<>();

    private Markers(JsonNode root, Pattern exempt) {
        this.root = root;
        this.exempt = exempt;
    }

    /** One body for every string and one with an unknown member for every object, but for the exempt paths. */
    static List<Marked> everywhere(JsonNode body, Pattern exempt) {
        Markers markers = new Markers(body.deepCopy(), exempt);
        markers.visit(markers.root, "");
        return markers.marked;
    }

    private void visit(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(name);
                String inner = path.isEmpty() ? name : path + "." + name;
                if (value.isString()) {
                    object.set(name, marked(value));
                    keep(inner);
                    object.set(name, value);
                } else {
                    visit(value, inner);
                }
            }
            object.put("x_unknown", MARKER);
            keep(path + ".x_unknown");
            object.remove("x_unknown");
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode element = array.get(i);
                if (element.isString()) {
                    array.set(i, marked(element));
                    keep(path + "[]");
                    array.set(i, element);
                } else {
                    visit(element, path + "[]");
                }
            }
        }
    }

    private static StringNode marked(JsonNode text) {
        return StringNode.valueOf(text.stringValue() + MARKER);
    }

    private void keep(String path) {
        if (!exempt.matcher(path).matches()) {
            marked.add(new Marked(path, Json.write(root)));
        }
    }
}
