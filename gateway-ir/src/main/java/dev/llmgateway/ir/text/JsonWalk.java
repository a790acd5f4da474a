package dev.llmgateway.ir.text;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.text.TextPlace.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Walks over JSON trees: schemas and what only one vendor knows. An unchanged node is the same instance. For one walk. */
@SuppressWarnings("ReferenceEquality")
final class JsonWalk {

    /** The types of objects whose {@code data} is sealed or binary. */
    private static final Set<String> DATA_TYPES = Set.of("base64", "redacted_thinking", "reasoning.encrypted");

    /** Members of any dialect's that are words of its protocol. */
    private static final Set<String> WORDS = Set.of("type");

    /** Members that Responses' items have, beside those. */
    private static final Set<String> OF_ITEMS =
            Set.of("type", "id", "status", "message.id", "message.status", "message.phase");

    private static final String NAMESPACE = "namespace";

    private final Texts texts;

    JsonWalk(Texts texts) {
        this.texts = texts;
    }

    /** The extras mapped, but for ids and words of the protocol. */
    Extras extras(Extras extras, TextPlace around) {
        if (extras.members().isEmpty()) {
            return extras;
        }
        Map<Dialect, Map<String, JsonNode>> changed = null;
        for (Map.Entry<Dialect, Map<String, JsonNode>> own : extras.members().entrySet()) {
            Map<String, JsonNode> members = members(own.getKey(), own.getValue(), around);
            if (members != own.getValue()) {
                changed = changed == null ? new EnumMap<>(extras.members()) : changed;
                changed.put(own.getKey(), members);
            }
        }
        return changed == null ? extras : new Extras(extras.cacheMark(), changed);
    }

    private Map<String, JsonNode> members(Dialect dialect, Map<String, JsonNode> members, TextPlace around) {
        boolean ofItem = dialect == Dialect.OPENAI_RESPONSES;
        Set<String> exempt = ofItem ? OF_ITEMS : WORDS;
        Map<String, JsonNode> changed = null;
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            String name = member.getKey();
            if (exempt.contains(name)) {
                continue;
            }
            boolean isPlace =
                    ofItem && name.equals(NAMESPACE) && member.getValue().isObject();
            JsonRules rules = isPlace ? JsonRules.NAMESPACE : JsonRules.EXTRA;
            JsonNode after = node(name, member.getValue(), rules, around.as(Kind.EXTRA, name));
            if (after != member.getValue()) {
                changed = changed == null ? new LinkedHashMap<>(members) : changed;
                if (after == null) {
                    changed.remove(name);
                } else {
                    changed.put(name, after);
                }
            }
        }
        return changed == null ? members : changed;
    }

    /** The value mapped, under rules that know no seals. */
    JsonNode map(JsonNode value, JsonRules rules, TextPlace place) {
        return Objects.requireNonNull(node(null, value, rules, place), "only sealed values are left out");
    }

    /** The value mapped, or null when it is signed and would change. */
    @Nullable
    JsonNode mapOrDrop(JsonNode value, JsonRules rules, TextPlace place) {
        return node(null, value, rules, place);
    }

    private @Nullable JsonNode node(@Nullable String name, JsonNode value, JsonRules rules, TextPlace place) {
        if (value instanceof ObjectNode object) {
            return object(object, rules, place);
        }
        if (value instanceof ArrayNode array) {
            return array(name, array, rules, place);
        }
        boolean text = value.isString() || value.isNumber() && rules.mapsNumbers();
        if (!text || name != null && rules.exempts(name)) {
            return value;
        }
        String before = value.isString() ? value.stringValue() : value.asString();
        String after = texts.value(name, before, place);
        return after == before ? value : StringNode.valueOf(after);
    }

    private JsonNode array(@Nullable String name, ArrayNode array, JsonRules rules, TextPlace place) {
        ArrayNode changed = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode before = array.get(i);
            JsonNode after = node(name, before, rules, place);
            if (changed == null && after != before) {
                changed = array.arrayNode(array.size());
                for (int k = 0; k < i; k++) {
                    changed.add(array.get(k));
                }
            }
            if (changed != null && after != null) {
                changed.add(after);
            }
        }
        return changed == null ? array : changed;
    }

    private @Nullable JsonNode object(ObjectNode object, JsonRules rules, TextPlace place) {
        boolean binary =
                rules.knowsSeals() && DATA_TYPES.contains(object.path("type").stringValue(""));
        Members changed = null;
        int done = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            JsonNode before = member.getValue();
            String newName = rules.mapsNames() ? texts.value(null, name, place) : name;
            JsonNode after = binary && name.equals("data") ? before : node(name, before, rules.under(name), place);
            if (changed == null && (after != before || newName != name)) {
                changed = new Members(object, done);
            }
            if (changed != null && after != null) {
                changed.add(newName, after);
            }
            done++;
        }
        if (changed == null) {
            return object;
        }
        boolean signed = rules.knowsSeals()
                && object.has("type")
                && !object.path("signature").stringValue("").isEmpty();
        return signed ? null : changed.copy;
    }

    /** The members of an object that changes, in their order. */
    private static final class Members {
        private final ObjectNode copy;
        private final FreeNames names = new FreeNames();

        /** Starts with the first members, which did not change. */
        Members(ObjectNode object, int unchanged) {
            copy = object.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (copy.size() == unchanged) {
                    break;
                }
                add(member.getKey(), member.getValue());
            }
        }

        private void add(String name, JsonNode value) {
            copy.set(names.take(name), value);
        }
    }
}
