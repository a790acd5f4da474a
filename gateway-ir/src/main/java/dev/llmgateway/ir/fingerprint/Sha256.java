package dev.llmgateway.ir.fingerprint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes by SHA-256. To look the algorithm up takes as long as to hash a short text, so that is done once, and then copied. */
public final class Sha256 {

    /** Never fed with anything. */
    private static final MessageDigest UNUSED = lookUp();

    private Sha256() {}

    /** The hash of nothing, to be fed. */
    public static MessageDigest begin() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException otherProvider) {
            return lookUp();
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
