package dev.llmgateway.ir.codec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The references ({@code $ref}) inside a JSON Schema, by JSON Pointer or by {@code $anchor}; those to other documents lead nowhere. */
public final class SchemaReferences {

    /** How a schema refers to itself as a whole. */
    private static final String ROOT = "#";

    private final ObjectNode root;
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final Map<String, Set<String>> references = new HashMap<>();

    private SchemaReferences(ObjectNode root) {
        this.root = root;
        JsonSchemas.all(root)
                .forEach(one -> anchors.put(ROOT + one.path("$anchor").stringValue(""), one));
    }

    /** Whether the schema refers to itself, or to a part of it that does. */
    public static boolean areRecursive(ObjectNode schema) {
        SchemaReferences all = new SchemaReferences(schema);
        all.follow();
        return all.haveCircle();
    }

    private void follow() {
        Deque<String> unread = new ArrayDeque<>(List.of(ROOT));
        while (!unread.isEmpty()) {
            String one = unread.pop();
            if (!references.containsKey(one)) {
                Set<String> found = in(target(one));
                references.put(one, found);
                unread.addAll(found);
            }
        }
    }

    private static Set<String> in(JsonNode schema) {
        Set<String> found = new LinkedHashSet<>();
        if (schema instanceof ObjectNode object) {
            for (ObjectNode one : JsonSchemas.all(object)) {
                String reference = one.path("$ref").stringValue("");
                if (reference.startsWith(ROOT)) {
                    found.add(reference);
                }
            }
        }
        return found;
    }

    private JsonNode target(String reference) {
        if (reference.equals(ROOT)) {
            return root;
        }
        return reference.startsWith(ROOT + "/")
                ? root.at(decoded(reference.substring(1)))
                : anchors.getOrDefault(reference, root.missingNode());
    }

    /** A pointer in a fragment of a URI has its other characters escaped. */
    private static String decoded(String pointer) {
        try {
            return URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return pointer;
        }
    }

    /** Takes away what refers to nothing that is left; what then is left refers to itself. */
    private boolean haveCircle() {
        Map<String, List<String>> referrers = new HashMap<>();
        Map<String, Integer> left = new HashMap<>();
        Deque<String> ends = new ArrayDeque<>();
        references.forEach((from, all) -> {
            left.put(from, all.size());
            all.forEach(
                    to -> referrers.computeIfAbsent(to, it -> new ArrayList<>()).add(from));
            if (all.isEmpty()) {
                ends.add(from);
            }
        });
        int taken = 0;
        while (!ends.isEmpty()) {
            taken++;
            for (String from : referrers.getOrDefault(ends.pop(), List.of())) {
                if (left.merge(from, -1, Integer::sum) == 0) {
                    ends.add(from);
                }
            }
        }
        return taken < references.size();
    }
}
