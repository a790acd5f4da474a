package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.Untold;
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
            "id", "object", "created", "model", "choices", "usage", "system_fingerprint", "provider", "obfuscation");

    /** Groq's member: ids, and the usage of older streams. */
    static final String GROQ = "x_groq";

    private static final Set<String> OF_GROQ = Set.of("id", "seed", "usage");

    private BesideChoices() {}

    /** Whether a member has a place of its own, or tells what is as usual. */
    static boolean isKnown(String name, JsonNode value) {
        return switch (name) {
            case ServiceTier.NAME -> ServiceTier.isUsual(value);
            case GROQ -> OF_GROQ.containsAll(value.propertyNames());
            default -> KNOWN.contains(name);
        };
    }

    /** The extras with the members of an answer, or of a chunk, added. */
    static Extras add(Extras extras, JsonNode answer) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        answer.forEachEntry((name, value) -> {
            if (!isKnown(name, value) && !value.isNull()) {
                others.put(name, value);
            }
        });
        return NestedMembers.add(extras, AnswerLosses.BESIDE_CHOICES, others);
    }

    /** Writes them into the answer or the chunk, which is open. */
    static void write(Extras extras, JsonWriter out) {
        NestedMembers.write(extras, AnswerLosses.BESIDE_CHOICES, out);
        out.optional(ServiceTier.NAME, ServiceTier.translated(extras, OPENAI_CHAT));
    }

    /** Writes, into the choice, which is open, the extras that belong there: not beside the choices, nor into message or usage. */
    static void writeOthers(Extras extras, JsonWriter out) {
        extras.of(OPENAI_CHAT).forEach((name, value) -> {
            boolean isElsewhere = NestedMembers.belongs(name, AnswerLosses.BESIDE_CHOICES)
                    || NestedMembers.belongs(name, ResponseEncoder.MESSAGE)
                    || OtherCounts.isOne(name)
                    || name.equals(Untold.MARK);
            if (!isElsewhere) {
                out.node(name, value);
            }
        });
    }
}
