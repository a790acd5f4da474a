package dev.llmgateway.api.replay;

import dev.llmgateway.ir.ChatRequest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands for what a request asks: two requests have the same fingerprint when they ask for the same answer, in whatever
 * dialect and spelling, and nobody can make two that do not (SHA-256 over an encoding that tells every two requests apart).
 * Immutable.
 *
 * <p>What cannot change the answer does not count: whether and how it is streamed, the id of the end user, and marks for the
 * provider's prompt cache. The model's name does not count either; what it was found to mean belongs to the scope.
 */
public final class RequestFingerprint {

    private static final int SHORT_BYTES = 8;

    private final byte[] digest;

    private RequestFingerprint(byte[] digest) {
        this.digest = digest;
    }

    /**
     * The fingerprint of a request.
     *
     * @param scope what else must be equal, in this order: the tenant, say
     */
    public static RequestFingerprint of(ChatRequest request, List<String> scope) {
        FingerprintWriter writer = new FingerprintWriter();
        writer.count(scope.size());
        scope.forEach(writer::text);
        new RequestWriter(writer).request(request);
        return new RequestFingerprint(writer.digest());
    }

    /** Sixteen characters, enough to tell apart what one gateway holds; the request cannot be found out from them. */
    public String shortId() {
        return HexFormat.of().formatHex(digest, 0, SHORT_BYTES);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestFingerprint that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
