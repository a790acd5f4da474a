package dev.llmgateway.providers.simulated;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Makes what stands for sealed reasoning (encrypted content, a thought signature) and knows it again: what another
 * provider made, and what was changed on the way, is not accepted. Immutable.
 */
final class Seal {
    private static final int CHECKED = 8;

    private final String owner = UUID.randomUUID().toString();

    /** Seals a text; the same text has the same seal. */
    String of(String text) {
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "gAAAAA" + payload + "_" + check(payload);
    }

    /** Whether this provider made it. */
    boolean isOwn(String sealed) {
        int end = sealed.lastIndexOf('_');
        return sealed.startsWith("gAAAAA")
                && end >= 6
                && sealed.substring(end + 1).equals(check(sealed.substring(6, end)));
    }

    private String check(String payload) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((owner + payload).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, CHECKED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
