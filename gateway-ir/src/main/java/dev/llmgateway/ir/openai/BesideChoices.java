package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a vendor adds to an answer, or to the last chunk of a choice, beside the choices. It is kept with the first choice, or with
 * that one, under names that begin with {@value AnswerLosses#BESIDE_CHOICES}.
 */
final class BesideChoices {

    /** What has a place of its own, or only tells which of its machines the vendor has used. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "object",
            "created",
            "model",
            "choices",
            "usage",
            "system_fingerprint",
            "provider",
            "x_groq",
            "obfuscation");

    private BesideChoices() {}

    /** The extras with the members of an answer, or of a chunk, added. */
    static Extras add(Extras extras, JsonNode answer) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        answer.forEachEntry((name, value) -> {
            boolean isUsual = name.equals(ServiceTier.NAME) && ServiceTier.isUsual(value);
            if (!KNOWN.contains(name) && !isUsual && !value.isNull()) {
                others.put(name, value);
            }
        });
        return NestedMembers.add(extras, AnswerLosses.BESIDE_CHOICES, others);
    }

    /** Writes them into the answer or the chunk, which is open. */
    static void write(Extras extras, JsonWriter out) {
        NestedMembers.write(extras, AnswerLosses.BESIDE_CHOICES, out);
        if (ServiceTier.ofChat(extras) == null) {
            out.optional(ServiceTier.NAME, ServiceTier.ofResponses(extras));
        }
    }

    /** Whether this is the name of such a member. */
    static boolean isNameOf(String name) {
        return NestedMembers.belongs(name, AnswerLosses.BESIDE_CHOICES);
    }

    /** The extras of this dialect that belong into the choice. */
    static Map<String, JsonNode> others(Extras extras) {
        Map<String, JsonNode> others = new LinkedHashMap<>(extras.of(OPENAI_CHAT));
        others.keySet().removeIf(BesideChoices::isNameOf);
        return others;
    }
}
