package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Collects what a provider says of an error that is read as nothing else, without keys, URLs and ids of accounts. What is too long,
 * or has a name that may not be told, is left out and named. For one error; not thread safe.
 */
public final class ErrorMembers {

    /** All members together have no more characters of JSON. */
    static final int MOST_CHARACTERS = 8 * 1024;

    /** What would be part of an answer, and beside an error is none; and what the frame around an error has itself. */
    private static final Set<String> NEVER_BESIDE =
            Set.of("choices", "content", "output", "usage", "error", "response", "sequence_number", "type");

    private final Dialect dialect;
    private final Map<String, JsonNode> members = new LinkedHashMap<>(0);
    private final Map<String, JsonNode> beside = new LinkedHashMap<>(0);
    private final Set<String> leftOut = new LinkedHashSet<>(0);
    private int room = MOST_CHARACTERS;

    /** Collects for an error in the words of {@code dialect}. */
    public ErrorMembers(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Takes what the error's own object says.
     *
     * @param known members that are read as something else
     */
    public ErrorMembers inside(JsonNode error, Set<String> known) {
        error.forEachEntry((name, value) -> {
            if (!known.contains(name)) {
                take(ErrorExtras.INSIDE, name, value, members);
            }
        });
        return this;
    }

    /**
     * Takes what stands beside the error's object.
     *
     * @param known members that are read as something else, or repeat what every answer says
     */
    public ErrorMembers beside(JsonNode answer, Set<String> known) {
        answer.forEachEntry((name, value) -> {
            if (known.contains(name)) {
                return;
            }
            if (!NEVER_BESIDE.contains(name)) {
                take(ErrorExtras.BESIDE, name, value, beside);
            } else if (OtherCounts.tellsSomething(value)) {
                leaveOut(ErrorExtras.BESIDE, name);
            }
        });
        return this;
    }

    /** Tells that there was more, which has no name. */
    public ErrorMembers andMore() {
        leftOut.add(ErrorExtras.MORE_BESIDE);
        return this;
    }

    /** Names something inside the error's object that is told nobody. */
    public ErrorMembers withoutInside(String name) {
        leaveOut(ErrorExtras.INSIDE, name);
        return this;
    }

    /** All of it. */
    public ErrorExtras toExtras() {
        return members.isEmpty() && beside.isEmpty() && leftOut.isEmpty()
                ? ErrorExtras.NONE
                : new ErrorExtras(dialect, members, beside, leftOut);
    }

    private void take(String where, String name, JsonNode value, Map<String, JsonNode> to) {
        if (value.isNull()) {
            return;
        }
        int size = name.length() + Json.writeString(value).length();
        JsonNode clean = size > room ? null : clean(where, name, value);
        if (clean == null) {
            leaveOut(where, name);
        } else {
            to.put(name, clean);
            room -= size;
        }
    }

    private void leaveOut(String where, String name) {
        // Half a name could be half a secret, which nobody would find in it any more.
        boolean isShort = name.length() <= AnswerLosses.LONGEST;
        if (isShort && leftOut.size() < AnswerLosses.MOST && mayBeTold(name)) {
            leftOut.add(where + name);
        } else {
            leftOut.add(where.equals(ErrorExtras.INSIDE) ? ErrorExtras.MORE_INSIDE : ErrorExtras.MORE_BESIDE);
        }
    }

    private static boolean mayBeTold(String name) {
        return Scrubber.scrub(name).equals(name);
    }

    /** Null when the name may not be told, or the value beside it. */
    private @Nullable JsonNode clean(String where, String name, JsonNode value) {
        if (!mayBeTold(name)) {
            return null;
        }
        if (value.isString()) {
            // A name tells of a value that it is a key.
            String label = name + ": ";
            String clean = Scrubber.scrub(label + value.stringValue());
            return clean.startsWith(label) ? StringNode.valueOf(clean.substring(label.length())) : null;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode cleaned = Json.mapper().createObjectNode();
            object.forEachEntry((inner, each) -> {
                JsonNode clean = clean(where, inner, each);
                if (clean == null) {
                    leaveOut(where, inner);
                } else {
                    cleaned.set(inner, clean);
                }
            });
            return cleaned;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode cleaned = Json.mapper().createArrayNode();
            for (JsonNode each : array.values()) {
                JsonNode clean = clean(where, name, each);
                if (clean == null) {
                    return null;
                }
                cleaned.add(clean);
            }
            return cleaned;
        }
        return value;
    }
}
