package dev.llmgateway.ir.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bytes of a JSON object together with the places of its top members, so that single members can be replaced,
 * removed or added while every other byte stays as it is. Immutable; the bytes are shared and must not be modified.
 */
public final class JsonDocument {

    /** A top member: where its quoted name starts, and where its value starts and ends (exclusive), in bytes. */
    private record Member(String name, int start, int valueStart, int valueEnd) {}

    /**
     * What {@link #parse} read.
     *
     * @param root the object as a tree
     * @param document its bytes and member places
     */
    public record Parsed(ObjectNode root, JsonDocument document) {}

    private final byte[] bytes;
    private final List<Member> members;
    /** The offset behind the opening brace. */
    private final int opening;
    /** Values that were read before and will be asked for again. */
    private final Map<String, JsonNode> kept;

    private JsonDocument(byte[] bytes, List<Member> members, int opening, Map<String, JsonNode> kept) {
        this.bytes = bytes;
        this.members = members;
        this.opening = opening;
        this.kept = kept;
    }

    /** Takes the value of one member. */
    @FunctionalInterface
    public interface MemberReader {

        /**
         * Reads one value.
         *
         * @param value stands at the value's first token, and is to stand at its last one afterwards
         */
        void read(String name, JsonParser value);
    }

    /**
     * Parses a JSON object once, into a tree and into member places.
     *
     * @throws InvalidJsonException when the bytes are not one JSON object in UTF-8 without duplicate keys
     */
    public static Parsed parse(byte[] utf8) {
        ObjectNode root = Json.mapper().createObjectNode();
        JsonDocument document = scan(utf8, (name, value) -> {
            if (root.replace(name, Json.mapper().readTree(value)) != null) {
                throw twice(name);
            }
        });
        return new Parsed(root, document);
    }

    /**
     * Reads a JSON object once, with no tree of more than the reader makes one of.
     *
     * @throws InvalidJsonException when the bytes are not one JSON object in UTF-8, or one of its keys appears twice
     */
    public static JsonDocument read(byte[] utf8, MemberReader reader) {
        Set<String> names = new HashSet<>();
        return scan(utf8, (name, value) -> {
            if (!names.add(name)) {
                throw twice(name);
            }
            reader.read(name, value);
        });
    }

    private static JsonDocument scan(byte[] utf8, MemberReader reader) {
        requireUtf8(utf8);
        try (JsonParser parser = Json.mapper().createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidJsonException(
                        parser.currentToken() == null ? "the body is empty" : "expected a JSON object");
            }
            int opening = (int) parser.currentLocation().getByteOffset();
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                readMember(parser, reader, members);
            }
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("there is more text after the JSON object");
            }
            return new JsonDocument(utf8, List.copyOf(members), opening, Map.of());
        } catch (JacksonException e) {
            throw Json.invalid(e);
        } catch (NumberFormatException e) {
            throw Json.numberTooLarge();
        }
    }

    private static void readMember(JsonParser parser, MemberReader reader, List<Member> members) {
        String name = parser.currentName();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.nextToken();
        int valueStart = (int) parser.currentTokenLocation().getByteOffset();
        reader.read(name, parser);
        parser.finishToken();
        members.add(new Member(
                name, start, valueStart, (int) parser.currentLocation().getByteOffset()));
    }

    private static InvalidJsonException twice(String name) {
        return new InvalidJsonException("the key \"" + name + "\" appears twice");
    }

    /** Byte offsets are only known for UTF-8, and RFC 8259 allows nothing else between systems. */
    private static void requireUtf8(byte[] bytes) {
        boolean bom = bytes.length >= 2
                && ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff
                        || (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe
                        || (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb);
        boolean wide = bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0);
        if (bom || wide) {
            throw new InvalidJsonException("the body must be UTF-8 without a byte order mark");
        }
    }

    /** The whole object; do not modify. */
    public byte[] bytes() {
        return bytes;
    }

    /** True when the object has this top member. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** Starts a list of changes to the top members. */
    public Edit edit() {
        return new Edit();
    }

    /**
     * The same document with a member's value as it was read, so that {@link #value} need not read it again.
     *
     * @param value must not be changed any more
     */
    public JsonDocument keeping(String name, JsonNode value) {
        Map<String, JsonNode> more = new HashMap<>(kept);
        more.put(name, value);
        return new JsonDocument(bytes, members, opening, more);
    }

    /** The value of a top member, of which nothing but the member itself is read; must not be changed. Missing when there is none. */
    public JsonNode value(String name) {
        JsonNode known = kept.get(name);
        if (known != null) {
            return known;
        }
        Member member = find(name);
        return member == null
                ? MissingNode.getInstance()
                : Json.mapper().readTree(bytes, member.valueStart, member.valueEnd - member.valueStart);
    }

    private @Nullable Member find(String name) {
        for (Member member : members) {
            if (member.name.equals(name)) {
                return member;
            }
        }
        return null;
    }

    /** Changes to top members; none of them touches the bytes of the others. Not thread safe. */
    public final class Edit {
        private final Map<String, byte[]> values = new LinkedHashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final Set<String> removed = new HashSet<>();

        private Edit() {}

        /** Gives a member a new value, or adds the member; {@code json} must be valid JSON. */
        public Edit set(String name, byte[] json) {
            values.put(name, json);
            removed.remove(name);
            return this;
        }

        /** Gives a member a string value, or adds the member. */
        public Edit set(String name, String value) {
            return set(name, Json.mapper().writeValueAsBytes(value));
        }

        /** Gives a member a boolean value, or adds the member. */
        public Edit set(String name, boolean value) {
            return set(name, String.valueOf(value).getBytes(StandardCharsets.US_ASCII));
        }

        /** Renames a member if it is there; its value keeps its bytes. */
        public Edit rename(String name, String to) {
            names.put(name, to);
            return this;
        }

        /** Removes a member if it is there. */
        public Edit remove(String name) {
            removed.add(name);
            values.remove(name);
            return this;
        }

        /** The object with the changes made; the original bytes themselves when there are none. */
        public byte[] toBytes() {
            if (values.isEmpty() && names.isEmpty() && removed.isEmpty()) {
                return bytes;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
            boolean first = writeMembers(out);
            for (Map.Entry<String, byte[]> value : values.entrySet()) {
                if (find(value.getKey()) == null) {
                    if (!first) {
                        out.write(',');
                    }
                    first = false;
                    out.writeBytes(Json.mapper().writeValueAsBytes(value.getKey()));
                    out.write(':');
                    out.writeBytes(value.getValue());
                }
            }
            int end = members.isEmpty() ? opening : members.getLast().valueEnd;
            out.write(bytes, end, bytes.length - end);
            return out.toByteArray();
        }

        /** Writes the opening brace and the members that stay; returns whether there are none. */
        private boolean writeMembers(ByteArrayOutputStream out) {
            out.write(bytes, 0, members.isEmpty() ? opening : members.getFirst().start);
            boolean first = true;
            for (int i = 0; i < members.size(); i++) {
                Member member = members.get(i);
                if (removed.contains(member.name)) {
                    continue;
                }
                if (!first) {
                    int separator = members.get(i - 1).valueEnd;
                    out.write(bytes, separator, member.start - separator);
                }
                first = false;
                writeName(out, member);
                byte[] value = values.get(member.name);
                if (value == null) {
                    out.write(bytes, member.valueStart, member.valueEnd - member.valueStart);
                } else {
                    out.writeBytes(value);
                }
            }
            return first;
        }

        private void writeName(ByteArrayOutputStream out, Member member) {
            String renamed = names.get(member.name);
            if (renamed == null) {
                out.write(bytes, member.start, member.valueStart - member.start);
            } else {
                out.writeBytes(Json.mapper().writeValueAsBytes(renamed));
                out.write(':');
            }
        }
    }
}
