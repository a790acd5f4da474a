package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ServiceTier;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the end of an answer tells that has no canonical place, as extras: members of the message, those of its {@code usage} under
 * names that begin with {@code usage.}, and a reason for stopping that is none of the known ones.
 */
final class AnswerEnd {

    private static final String STOP_REASON = "stop_reason";
    private static final String STOP_DETAILS = "stop_details";

    /** Members of a message that a stream carries beside the delta, not in it. */
    private static final Set<String> BESIDE_DELTA = Set.of("context_management");

    private static final Set<String> DELTA = Set.of(STOP_REASON, "stop_sequence");
    private static final Set<String> MESSAGE_DELTA = Set.of("type", "delta", "usage");

    private AnswerEnd() {}

    /** The members of a stream's {@code message_delta}, and of the delta in it, that are not known. */
    static Map<String, JsonNode> others(@Nullable Fields delta, Fields data) {
        Map<String, JsonNode> members = new LinkedHashMap<>(delta == null ? Map.of() : delta.others(DELTA));
        members.putAll(data.others(MESSAGE_DELTA));
        return members;
    }

    /** The names that stand both in the delta and beside it, of which {@link #others} has one. */
    static Set<String> doubles(@Nullable Fields delta, Fields data) {
        Set<String> names = new LinkedHashSet<>(data.others(MESSAGE_DELTA).keySet());
        names.retainAll(delta == null ? Set.of() : delta.others(DELTA).keySet());
        return names;
    }

    /** Those and what its usage tells beside, for one that does not say why the model stopped: it may come behind that. */
    static Extras ofUpdate(@Nullable Fields delta, Fields data, @Nullable Fields usage) {
        Map<String, JsonNode> members = others(delta, data);
        if (usage != null) {
            members.putAll(UsageFields.others(usage));
        }
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, members);
    }

    /**
     * The extras of an answer's end.
     *
     * @param others the members that are not known
     * @param reason what was said of why the model stopped, or null
     */
    static Extras extras(Map<String, JsonNode> others, @Nullable String reason, UsageFields usage) {
        boolean isKnown = reason == null || StopReasons.decode(reason, false) != StopReason.OTHER;
        if (isKnown && usage.others().isEmpty()) {
            return Extras.of(Dialect.ANTHROPIC_MESSAGES, others);
        }
        Map<String, JsonNode> members = new LinkedHashMap<>(others);
        if (!isKnown) {
            members.put(STOP_REASON, StringNode.valueOf(reason));
        }
        members.putAll(usage.others());
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, members);
    }

    /**
     * Writes why the model stopped, and Anthropic's own members that stand with it.
     *
     * @param reason the canonical reason's word
     * @param inDelta whether this is a stream
     */
    static void write(JsonWriter out, String reason, @Nullable String stopSequence, Extras extras, boolean inDelta) {
        JsonNode own = extras.member(Dialect.ANTHROPIC_MESSAGES, STOP_REASON);
        boolean isPlainEnd = reason.equals(StopReasons.encode(StopReason.OTHER, false));
        out.text(STOP_REASON, own != null && isPlainEnd ? own.stringValue(reason) : reason);
        out.textOrNull("stop_sequence", stopSequence);
        if (extras.member(Dialect.ANTHROPIC_MESSAGES, STOP_DETAILS) == null) {
            out.nothing(STOP_DETAILS);
        }
        extras.of(Dialect.ANTHROPIC_MESSAGES).forEach((name, value) -> {
            boolean isElsewhere = OtherCounts.isOne(name) || name.equals(STOP_REASON) || name.equals(Untold.MARK);
            if (!isElsewhere && !(inDelta && BESIDE_DELTA.contains(name))) {
                out.node(name, value);
            }
        });
    }

    /** Writes those that a stream has beside the delta. */
    static void writeBesideDelta(JsonWriter out, Extras extras) {
        extras.of(Dialect.ANTHROPIC_MESSAGES).forEach((name, value) -> {
            if (BESIDE_DELTA.contains(name)) {
                out.node(name, value);
            }
        });
    }

    /** Writes the member {@code usage}, with Anthropic's own of it and what other vendors tell in another place. */
    static void writeUsage(JsonWriter out, Usage usage, Extras extras) {
        UsageFields.open(out, usage, extras);
        out.optional(ServiceTier.NAME, ServiceTier.translated(extras, Dialect.ANTHROPIC_MESSAGES))
                .endObject();
    }
}
