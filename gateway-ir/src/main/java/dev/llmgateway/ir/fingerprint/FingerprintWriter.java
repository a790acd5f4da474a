package dev.llmgateway.ir.fingerprint;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Feeds values into a hash so that different sequences of values are different bytes: everything has a tag or a length in
 * front. Not thread safe.
 */
final class FingerprintWriter {

    private static final int BUFFER = 1024;
    private static final int MOST_CHARACTERS = 256;
    private static final int MOST_BYTES_OF_A_CHARACTER = 3;
    private static final int ASCII = 0x80;
    private static final int TWO_BYTES = 0x800;

    private final MessageDigest digest = Sha256.begin();
    private final byte[] buffer = new byte[BUFFER];
    private final char[] characters = new char[MOST_CHARACTERS];
    private int used;

    /** What kind of thing follows, or a value of few. */
    void tag(int value) {
        room(1);
        buffer[used++] = (byte) value;
    }

    /** How many things follow. */
    void count(int value) {
        room(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[used++] = (byte) (value >>> shift);
        }
    }

    /** Null is told from everything else. */
    void number(@Nullable Long value) {
        tag(value == null ? 0 : 1);
        if (value != null) {
            bits(value);
        }
    }

    /** Null is told from everything else. */
    void number(@Nullable Integer value) {
        number(value == null ? null : Long.valueOf(value));
    }

    /** Null is told from everything else. */
    void number(@Nullable Double value) {
        tag(value == null ? 0 : 1);
        if (value != null) {
            bits(Double.doubleToLongBits(value));
        }
    }

    /** Null is told from both values. */
    void flag(@Nullable Boolean value) {
        tag(value == null ? 0 : value ? 2 : 1);
    }

    /** Null is told from everything else. */
    void constant(@Nullable Enum<?> value) {
        tag(value == null ? 0 : value.ordinal() + 1);
    }

    /** Null is told from everything else. Surrogates are written one by one, so that broken pairs stay apart too. */
    void text(@Nullable String text) {
        if (text == null) {
            count(-1);
            return;
        }
        count(text.length());
        for (int from = 0; from < text.length(); from += MOST_CHARACTERS) {
            int to = Math.min(text.length(), from + MOST_CHARACTERS);
            room(MOST_CHARACTERS * MOST_BYTES_OF_A_CHARACTER);
            text.getChars(from, to, characters, 0);
            used = encode(characters, to - from, buffer, used);
        }
    }

    /** Apart for ASCII, and with places in locals: so the compiler makes both loops handle many characters at once. */
    private static int encode(char[] from, int count, byte[] into, int start) {
        int all = 0;
        for (int i = 0; i < count; i++) {
            all |= from[i];
        }
        if (all >= ASCII) {
            return encodeAny(from, count, into, start);
        }
        for (int i = 0; i < count; i++) {
            into[start + i] = (byte) from[i];
        }
        return start + count;
    }

    private static int encodeAny(char[] from, int count, byte[] into, int start) {
        int at = start;
        for (int i = 0; i < count; i++) {
            char c = from[i];
            if (c < ASCII) {
                into[at++] = (byte) c;
            } else if (c < TWO_BYTES) {
                into[at++] = (byte) (0xc0 | c >> 6);
                into[at++] = (byte) (0x80 | c & 0x3f);
            } else {
                into[at++] = (byte) (0xe0 | c >> 12);
                into[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                into[at++] = (byte) (0x80 | c & 0x3f);
            }
        }
        return at;
    }

    /** In order. */
    <T> void list(List<T> values, Consumer<T> each) {
        count(values.size());
        values.forEach(each);
    }

    /** Whatever the order of the members. */
    void members(Map<String, JsonNode> members) {
        count(members.size());
        if (members.isEmpty()) {
            return;
        }
        new TreeMap<>(members).forEach((name, value) -> {
            text(name);
            json(value);
        });
    }

    /** The order of members, and how numbers are spelled, do not count. Null is told from JSON's. */
    void json(@Nullable JsonNode node) {
        if (node == null) {
            tag(0);
            return;
        }
        tag(node.getNodeType().ordinal() + 1);
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> members = new TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                members(members);
            }
            case ARRAY -> {
                count(node.size());
                for (Iterator<JsonNode> elements = node.iterator(); elements.hasNext(); ) {
                    json(elements.next());
                }
            }
            case STRING -> text(node.stringValue());
            case BOOLEAN -> flag(node.booleanValue());
            case NUMBER -> text(number(node));
            case NULL, MISSING -> {}
            case BINARY, POJO -> text(node.toString());
        }
    }

    private static String number(JsonNode node) {
        boolean isFinite = node.isIntegralNumber() || node.isBigDecimal() || Double.isFinite(node.doubleValue());
        return isFinite ? node.decimalValue().stripTrailingZeros().toString() : node.asString();
    }

    /** The hash of all that was written, 32 bytes; nothing may follow. */
    byte[] digest() {
        digest.update(buffer, 0, used);
        return digest.digest();
    }

    /** A number that is never absent. */
    void bits(long value) {
        count((int) (value >>> Integer.SIZE));
        count((int) value);
    }

    private void room(int bytes) {
        if (used + bytes > BUFFER) {
            digest.update(buffer, 0, used);
            used = 0;
        }
    }
}
