package dev.llmgateway.ir.text;

import java.util.HashSet;
import java.util.Set;

/** Which strings of a JSON value are texts, by what the value is. */
enum JsonRules {
    /** A JSON Schema: property names stay, and so does what repeats them. */
    SCHEMA(Set.of("type", "required")),
    /** A value inside a schema, such as a default. */
    VALUES(Set.of()),
    /** A member that only one vendor knows. */
    EXTRA(Opaque.NAMES),
    /** A part of a message that only one vendor knows. */
    PART(Opaque.and("type", "id", "tool_use_id", "file_id", "call_id", "item_id", "status")),
    /** Where a tool belongs: its names stay. */
    NAMESPACE(Set.of("name", "tool")),
    /** A tool that only one vendor knows. */
    TOOL(Opaque.and("type", "name")),
    /** Arguments of a call: their names and numbers are data too. */
    ARGUMENTS(Set.of());

    private static final Set<String> VALUE_KEYWORDS = Set.of("default", "const", "enum", "examples", "example");

    private final Set<String> exempt;

    JsonRules(Set<String> exempt) {
        this.exempt = exempt;
    }

    /** Whether a string directly under this name stays as it is. */
    boolean exempts(String name) {
        return exempt.contains(name);
    }

    /** The rules for the value under this name. */
    JsonRules under(String name) {
        return switch (this) {
            case SCHEMA -> VALUE_KEYWORDS.contains(name) ? VALUES : SCHEMA;
            case PART -> name.equals("input") ? ARGUMENTS : PART;
            case TOOL -> name.equals("input_schema") || name.equals("parameters") ? SCHEMA : TOOL;
            case VALUES, EXTRA, NAMESPACE, ARGUMENTS -> this;
        };
    }

    /** Whether names are texts too: those of arguments, and those inside a vendor's member such as {@code metadata}. */
    boolean mapsNames() {
        return this == ARGUMENTS || this == EXTRA;
    }

    /** Whether numbers are texts too. */
    boolean mapsNumbers() {
        return this == ARGUMENTS;
    }

    /** Whether an object may be signed or sealed by a vendor. */
    boolean knowsSeals() {
        return this == EXTRA || this == PART;
    }

    /** Members that a vendor sealed. */
    private static final class Opaque {
        static final Set<String> NAMES =
                Set.of("signature", "thought_signature", "encrypted_content", "encrypted_index", "encrypted_stdout");

        private Opaque() {}

        static Set<String> and(String... others) {
            Set<String> all = new HashSet<>(NAMES);
            all.addAll(Set.of(others));
            return Set.copyOf(all);
        }
    }
}
