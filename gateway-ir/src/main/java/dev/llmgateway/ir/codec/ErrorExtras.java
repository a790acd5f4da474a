package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a provider's error object says beside the members that every error of its format has: which of Azure's filters it was, what
 * Groq's model wrote in place of a call. Only callers of that format read it; OpenAI's formats have the same errors. Immutable;
 * the JSON nodes must not be changed.
 *
 * @param dialect in whose words it is
 * @param members by their names on the wire
 */
public record ErrorExtras(Dialect dialect, Map<String, JsonNode> members) {

    /** Nothing more. */
    public static final ErrorExtras NONE = new ErrorExtras(Dialect.OPENAI_CHAT, Map.of());

    /** All members together have no more characters of JSON; one that does not fit is left out. */
    static final int MOST_CHARACTERS = 8 * 1024;

    public ErrorExtras {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * What an error object says beside {@code known}, without keys, URLs and ids of accounts. Members with such a name are left out.
     *
     * @param known members that are read as something else
     */
    public static ErrorExtras of(Dialect dialect, JsonNode error, Set<String> known) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        int room = MOST_CHARACTERS;
        for (Map.Entry<String, JsonNode> member : error.properties()) {
            String name = member.getKey();
            if (known.contains(name) || member.getValue().isNull()) {
                continue;
            }
            int size = size(name, member.getValue());
            JsonNode clean = size > room ? null : clean(name, member.getValue());
            if (clean != null) {
                members.put(name, clean);
                room -= size;
            }
        }
        return members.isEmpty() ? NONE : new ErrorExtras(dialect, members);
    }

    /** Null when the name may not be told. */
    private static @Nullable JsonNode clean(String name, JsonNode value) {
        if (!Scrubber.scrub(name).equals(name)) {
            return null;
        }
        if (value.isString()) {
            // A name tells of a value that it is a key.
            String label = name + ": ";
            return StringNode.valueOf(
                    Scrubber.scrub(label + value.stringValue()).substring(label.length()));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode cleaned = Json.mapper().createObjectNode();
            object.forEachEntry((inner, each) -> {
                JsonNode clean = clean(inner, each);
                if (clean != null) {
                    cleaned.set(inner, clean);
                }
            });
            return cleaned;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode cleaned = Json.mapper().createArrayNode();
            array.values().forEach(each -> cleaned.add(clean(name, each)));
            return cleaned;
        }
        return value;
    }

    /** What callers of a format read of it. */
    public Map<String, JsonNode> shownTo(Dialect caller) {
        return isReadBy(caller) ? members : Map.of();
    }

    /**
     * Names what callers of a format do not read of it: {@code error.} and what the provider calls it.
     *
     * @param caller null for one that reads no format
     */
    public List<String> lostFor(@Nullable Dialect caller) {
        return caller == null || isReadBy(caller)
                ? List.of()
                : members.keySet().stream().map(name -> "error." + name).toList();
    }

    private boolean isReadBy(Dialect caller) {
        return (caller == Dialect.ANTHROPIC_MESSAGES) == (dialect == Dialect.ANTHROPIC_MESSAGES);
    }

    /** Every name and every string in it. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        members.forEach((name, value) -> {
            texts.add(name);
            texts(value, texts);
        });
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

    /** It as one JSON object. */
    public String json() {
        return new String(new JsonWriter().object().members(members).endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private static int size(String name, JsonNode value) {
        return name.length() + Json.writeString(value).length();
    }
}
