package dev.llmgateway.ir;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a value carries beside its canonical fields: a cache mark, and the members that only one dialect knows. The
 * codec of that dialect writes them back; the others drop them and name them. Immutable; the JSON nodes must not be
 * changed after they were handed over.
 *
 * @param cacheMark the prompt-cache breakpoint on this part, or null
 * @param members JSON members by the dialect they belong to and their name on the wire; iteration keeps wire order
 */
public record Extras(@Nullable CacheMark cacheMark, Map<Dialect, Map<String, JsonNode>> members) {

    /** Nothing extra. */
    public static final Extras NONE = new Extras(null, Map.of());

    public Extras {
        if (!members.isEmpty()) {
            Map<Dialect, Map<String, JsonNode>> copy = new EnumMap<>(Dialect.class);
            members.forEach((dialect, named) -> {
                if (!named.isEmpty()) {
                    copy.put(dialect, Collections.unmodifiableMap(new LinkedHashMap<>(named)));
                }
            });
            members = Collections.unmodifiableMap(copy);
        }
    }

    /** Members of one dialect and no cache mark. */
    public static Extras of(Dialect dialect, Map<String, JsonNode> members) {
        return members.isEmpty() ? NONE : new Extras(null, Map.of(dialect, members));
    }

    /** The members that belong to {@code dialect}, in wire order; empty when there are none. */
    public Map<String, JsonNode> of(Dialect dialect) {
        return members.getOrDefault(dialect, Map.of());
    }

    /** One member of {@code dialect}, or null. */
    public @Nullable JsonNode member(Dialect dialect, String name) {
        return of(dialect).get(name);
    }

    /** A copy with one member added or replaced. */
    public Extras with(Dialect dialect, String name, JsonNode value) {
        Map<Dialect, Map<String, JsonNode>> copy = new EnumMap<>(Dialect.class);
        copy.putAll(members);
        Map<String, JsonNode> named = new LinkedHashMap<>(of(dialect));
        named.put(name, value);
        copy.put(dialect, named);
        return new Extras(cacheMark, copy);
    }

    /** These and the members of others, which replace those of their names. */
    public Extras and(Extras others) {
        if (others.members.isEmpty()) {
            return this;
        }
        Map<Dialect, Map<String, JsonNode>> copy = new EnumMap<>(Dialect.class);
        copy.putAll(members);
        others.members.forEach((dialect, named) -> {
            Map<String, JsonNode> all = new LinkedHashMap<>(of(dialect));
            all.putAll(named);
            copy.put(dialect, all);
        });
        return new Extras(cacheMark, copy);
    }

    /** A copy without a member, in whatever dialect; the same when there is none of that name. */
    public Extras without(String name) {
        if (members.values().stream().noneMatch(it -> it.containsKey(name))) {
            return this;
        }
        Map<Dialect, Map<String, JsonNode>> copy = new EnumMap<>(Dialect.class);
        members.forEach((dialect, named) -> {
            Map<String, JsonNode> fewer = new LinkedHashMap<>(named);
            fewer.remove(name);
            copy.put(dialect, fewer);
        });
        return new Extras(cacheMark, copy);
    }

    /** A copy with this cache mark. */
    public Extras withCacheMark(@Nullable CacheMark mark) {
        return mark == null && members.isEmpty() ? NONE : new Extras(mark, members);
    }

    /** True when there is neither a cache mark nor a member. */
    public boolean isEmpty() {
        return cacheMark == null && members.isEmpty();
    }
}
