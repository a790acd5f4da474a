package dev.llmgateway.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The ids of tenants, which stand in logs, metrics and {@code [rate_limit.tenant_limits.<tenant>]}, and so must not be keys.
 * An id stays the same when a key is exchanged for another, as long as the label stays.
 */
final class TenantId {

    private static final int HASH_DIGITS = 12;

    private TenantId() {}

    /**
     * The label in lower case, with a hyphen for whatever is neither a letter nor a digit: {@code team-alpha} for "Team
     * Alpha". Empty when it has neither.
     */
    static String ofLabel(String label) {
        return label.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
    }

    /** The beginning of the key's SHA-256, for a tenant without a label: {@code key-1b4f0e985197}. */
    static String ofKey(Secret key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(key.reveal().getBytes(StandardCharsets.UTF_8));
            return "key-" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
