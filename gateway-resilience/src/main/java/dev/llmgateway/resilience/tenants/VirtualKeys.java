package dev.llmgateway.resilience.tenants;

import dev.llmgateway.api.Caller;
import dev.llmgateway.ir.fingerprint.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which callers are known. Of a key only a hash is kept, which is salted anew in every process, so that neither a
 * dump of the memory nor the time that a look-up takes tells anything of it. Immutable, and never printed.
 */
public final class VirtualKeys {

    private static final int SALT_BYTES = 32;

    /** A hash, compared in a time that does not depend on where two differ. */
    private static final class Hash {
        private final byte[] bytes;

        Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
        }

        @Override
        public int hashCode() {
            return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        }
    }

    private final byte[] salt = new byte[SALT_BYTES];
    private final Map<Hash, Caller> callers = new HashMap<>();
    /** The same callers; equal ones from elsewhere are not among them. */
    private final Set<Caller> found = Collections.newSetFromMap(new IdentityHashMap<>());

    private VirtualKeys(Map<String, Caller> byKey) {
        new SecureRandom().nextBytes(salt);
        byKey.forEach((key, caller) -> callers.put(hash(key), caller));
        found.addAll(callers.values());
    }

    /**
     * Keys and whom each belongs to; several may belong to one tenant.
     *
     * @throws IllegalArgumentException when a key is blank
     */
    public static VirtualKeys of(Map<String, Caller> byKey) {
        if (byKey.keySet().stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a virtual key is blank: everybody could guess it");
        }
        return new VirtualKeys(byKey);
    }

    /** Whom a key belongs to; null when it is not known. */
    public @Nullable Caller find(String key) {
        return callers.isEmpty() ? null : callers.get(hash(key));
    }

    /** Whether this very object came out of {@link #find}, so that whoever has it has shown a key. */
    boolean gave(Caller caller) {
        return found.contains(caller);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return callers.isEmpty();
    }

    private Hash hash(String key) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(salt);
        return new Hash(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "VirtualKeys[" + callers.size() + "]";
    }
}
