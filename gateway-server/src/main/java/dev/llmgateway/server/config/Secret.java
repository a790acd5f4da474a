package dev.llmgateway.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: an API key, a virtual key, a URL that may hold a password.
 *
 * <p>Its string form never shows the value, so a record that holds one can be printed. Comparison takes the same time
 * wherever two values of equal length differ.
 */
public final class Secret {
    private final String value;

    /** Wraps a value. */
    public Secret(String value) {
        this.value = value;
    }

    /** Returns the value itself; to be handed to whoever needs it and to nobody else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
