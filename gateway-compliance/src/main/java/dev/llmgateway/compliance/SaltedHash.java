package dev.llmgateway.compliance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Tells values apart without telling them. Thread safe. */
final class SaltedHash {

    private static final int SHOWN_BYTES = 8;

    private final byte[] salt = new byte[16];

    SaltedHash() {
        new SecureRandom().nextBytes(salt);
    }

    Running start() {
        return new Running(salt);
    }

    /** The hash of one value, which arrives in pieces. */
    static final class Running {

        private final MessageDigest digest;
        private final byte[] bytes = new byte[128];

        private Running(byte[] salt) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            digest.update(salt);
        }

        void add(char[] chars, int from, int length) {
            int filled = 0;
            for (int i = from; i < from + length; i++) {
                bytes[filled++] = (byte) (chars[i] >> 8);
                bytes[filled++] = (byte) chars[i];
                if (filled == bytes.length) {
                    digest.update(bytes);
                    filled = 0;
                }
            }
            digest.update(bytes, 0, filled);
        }

        String text() {
            return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
        }
    }
}
