package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a provider says of an error beside the members that every error of its format has: which of Azure's filters it was, what
 * Groq's model wrote in place of a call. Only callers of that format read it; OpenAI's formats have the same errors. Immutable;
 * the JSON nodes must not be changed.
 *
 * @param dialect in whose words it is
 * @param members of the error's object, by their names on the wire
 * @param beside what stands beside that object
 * @param leftOut the names of what no caller reads, {@code error.x} or {@code answer.x}
 */
public record ErrorExtras(
        Dialect dialect, Map<String, JsonNode> members, Map<String, JsonNode> beside, Set<String> leftOut) {

    /** Nothing more. */
    public static final ErrorExtras NONE = new ErrorExtras(Dialect.OPENAI_CHAT, Map.of());

    /** What the names of members of the error's object begin with. */
    static final String INSIDE = "error.";

    /** What the names of members beside it begin with. */
    static final String BESIDE = "answer.";

    /** Stand for all that has no name, or none that may be told. */
    static final String MORE_INSIDE = "error...";

    static final String MORE_BESIDE = "answer...";

    /** Where Anthropic's errors have the vendor's id of the request, and ours have ours. */
    private static final String REQUEST_ID = "request_id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public ErrorExtras {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
        leftOut = Collections.unmodifiableSet(new LinkedHashSet<>(leftOut));
    }

    /** Members of the error's object. */
    public ErrorExtras(Dialect dialect, Map<String, JsonNode> members) {
        this(dialect, members, Map.of(), Set.of());
    }

    /** What callers of a format read in the error's object. */
    public Map<String, JsonNode> shownTo(Dialect caller) {
        return isReadBy(caller) ? members : Map.of();
    }

    /** What callers of a format read beside the error's object. */
    public Map<String, JsonNode> shownBesideTo(Dialect caller) {
        if (!isReadBy(caller) || beside.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> shown = new LinkedHashMap<>(beside);
        shown.keySet().removeIf(name -> isOurs(name, caller));
        return shown;
    }

    /**
     * Names what callers of a format do not read of it: {@code error.} or {@code answer.}, and what the provider calls it.
     *
     * @param caller null for one that reads no format
     */
    public List<String> lostFor(@Nullable Dialect caller) {
        if (caller == null) {
            return List.of();
        }
        Set<String> lost = new LinkedHashSet<>(0);
        boolean isRead = isReadBy(caller);
        if (!isRead) {
            members.keySet().forEach(name -> lost.add(INSIDE + bounded(name)));
        }
        beside.forEach((name, value) -> {
            if (!isRead || isOurs(name, caller)) {
                lost.add(BESIDE + bounded(name) + idIn(name, value));
            }
        });
        lost.addAll(leftOut);
        return lost.size() <= AnswerLosses.MOST
                ? List.copyOf(lost)
                : Stream.concat(lost.stream().limit(AnswerLosses.MOST), Stream.of(MORE_INSIDE))
                        .distinct()
                        .toList();
    }

    private static String bounded(String name) {
        return name.length() > AnswerLosses.LONGEST ? name.substring(0, AnswerLosses.LONGEST) + "..." : name;
    }

    private boolean isReadBy(Dialect caller) {
        return (caller == Dialect.ANTHROPIC_MESSAGES) == (dialect == Dialect.ANTHROPIC_MESSAGES);
    }

    private static boolean isOurs(String name, Dialect caller) {
        return caller == Dialect.ANTHROPIC_MESSAGES && name.equals(REQUEST_ID);
    }

    /** Vendors ask for the id of a request when they are to explain an error. */
    private static String idIn(String name, JsonNode value) {
        String id = value.stringValue("");
        return name.equals(REQUEST_ID) && ID.matcher(id).matches() ? "=" + id : "";
    }

    /**
     * The names alone, for an error of which no more may be told.
     *
     * @param mayBeTold whether a name may be
     */
    public ErrorExtras withheld(Predicate<String> mayBeTold) {
        Set<String> names = new LinkedHashSet<>();
        members.keySet().forEach(name -> names.add(mayBeTold.test(name) ? INSIDE + name : MORE_INSIDE));
        beside.keySet().forEach(name -> names.add(mayBeTold.test(name) ? BESIDE + name : MORE_BESIDE));
        leftOut.forEach(name -> names.add(mayBeTold.test(name) ? name : MORE_INSIDE));
        return new ErrorExtras(dialect, Map.of(), Map.of(), names);
    }

    /** Every name and every string in it. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>(leftOut);
        for (Map<String, JsonNode> named : List.of(members, beside)) {
            named.forEach((name, value) -> {
                texts.add(name);
                texts(value, texts);
            });
        }
        return texts;
    }

    private static void texts(JsonNode value, List<String> texts) {
        if (value.isString()) {
            texts.add(value.stringValue());
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            texts.add(member.getKey());
            texts(member.getValue(), texts);
        }
        if (value.isArray()) {
            value.values().forEach(each -> texts(each, texts));
        }
    }

    /** What it says as one JSON object. */
    public String json() {
        JsonWriter out = new JsonWriter().object().object("error").members(members);
        return new String(out.endObject().members(beside).endObject().toBytes(), StandardCharsets.UTF_8);
    }
}
