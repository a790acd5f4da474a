package dev.llmgateway.ir.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The application's id of its end user. */
public final class EndUserId {

    private static final int LONGEST_AT_OPENAI = 64;

    private EndUserId() {}

    /** The id as OpenAI takes it (at most 64 characters): a longer one is replaced by its SHA-256, so that it stays stable. */
    public static String forOpenAi(String id) {
        if (id.length() <= LONGEST_AT_OPENAI) {
            return id;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
