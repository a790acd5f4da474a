package dev.llmgateway.ir.fingerprint;

import dev.llmgateway.ir.ChatRequest;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands for what a request asks: two requests have the same fingerprint when they ask for the same answer, in whatever
 * dialect and spelling, and nobody can make two that do not (SHA-256 over an encoding that tells every two requests apart).
 * Immutable.
 *
 * <p>What cannot change the answer does not count: whether and how it is streamed, the id of the end user, and marks for the
 * provider's prompt cache. The model's name does not count either; what it was found to mean belongs to the {@linkplain
 * #within scope}.
 */
public final class RequestFingerprint {

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private RequestFingerprint(byte[] digest) {
        ByteBuffer words = ByteBuffer.wrap(digest);
        first = words.getLong();
        second = words.getLong();
        third = words.getLong();
        fourth = words.getLong();
    }

    /** The fingerprint of a request. Takes a time proportional to its length. */
    public static RequestFingerprint of(ChatRequest request) {
        FingerprintWriter writer = new FingerprintWriter();
        new RequestWriter(writer).request(request);
        return new RequestFingerprint(writer.digest());
    }

    /**
     * The fingerprint of the same request where more must be equal than what is asked. Quick, however long the request is.
     *
     * @param scope what else must be equal, in this order: the tenant, say
     */
    public RequestFingerprint within(List<String> scope) {
        FingerprintWriter writer = new FingerprintWriter();
        writer.bits(first);
        writer.bits(second);
        writer.bits(third);
        writer.bits(fourth);
        writer.list(scope, writer::text);
        return new RequestFingerprint(writer.digest());
    }

    /** Sixteen characters, enough to tell apart what one gateway holds; the request cannot be found out from them. */
    public String shortId() {
        return HexFormat.of().toHexDigits(first);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestFingerprint that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    /** Any part of a good hash is one. */
    @Override
    public int hashCode() {
        return (int) first;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
