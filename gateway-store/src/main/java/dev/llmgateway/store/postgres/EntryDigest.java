package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.FindingCount;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hash of something that consists of values, so that other values, in whatever order, never give the same bytes. SHA-256
 * of: for each value the byte 0 when there is none, else the byte 1, the length of its text in UTF-8 as four bytes, the highest
 * first, and that text. The text of a whole number is decimal; of another number its 64 bits by IEEE 754 as 16 hexadecimal
 * digits; of a flag {@code true} or {@code false}; of a moment the microseconds since 1970; of bytes hexadecimal; of findings
 * {@code kind/action/count} joined by commas. All hexadecimal digits are small. Not thread safe.
 */
final class EntryDigest {

    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest = sha256();

    /** A digest that begins with the kind of what is hashed, so that things of different kinds never have the same hash. */
    EntryDigest(String kind) {
        add(kind);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    EntryDigest add(@Nullable Object value) {
        if (value == null) {
            digest.update((byte) 0);
        } else {
            byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
            digest.update((byte) 1);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            digest.update(text);
        }
        return this;
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number -> HEX.toHexDigits(Double.doubleToLongBits(number));
            case Instant moment -> String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
            case byte[] bytes -> HEX.formatHex(bytes);
            case List<?> findings -> findings(findings);
            default -> value.toString();
        };
    }

    private static String findings(List<?> findings) {
        return String.join(
                ",",
                findings.stream()
                        .map(FindingCount.class::cast)
                        .map(found -> CleanText.of(found.kind()) + "/" + FindingsJson.word(found) + "/" + found.count())
                        .toList());
    }

    byte[] hash() {
        return digest.digest();
    }
}
