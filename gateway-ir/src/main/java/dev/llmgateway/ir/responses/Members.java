package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.RequestField;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Members of a client's objects that the canonical vocabulary has no word for. Those that are null say nothing and are left out. */
final class Members {

    private Members() {}

    /** The members of {@code field} that are not among {@code known}, as extras. */
    static Extras extras(RequestField field, Set<String> known) {
        return Extras.of(OPENAI_RESPONSES, others(field, known));
    }

    /** The members of {@code field} that are not among {@code known}, in their order. */
    static Map<String, JsonNode> others(RequestField field, Set<String> known) {
        Map<String, JsonNode> others = field.others(known);
        others.values().removeIf(JsonNode::isNull);
        return others;
    }

    /** The extras with members added, each name after a prefix and a dot. */
    static Extras add(Extras extras, String prefix, Map<String, JsonNode> members) {
        Extras all = extras;
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            all = all.with(OPENAI_RESPONSES, prefix + "." + member.getKey(), member.getValue());
        }
        return all;
    }

    /** Whether a node says nothing that would have to be kept: there is none, or an empty list. */
    static boolean isEmptyList(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }
}
