package dev.llmgateway.store.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an entry in the chain: its number, the hash of the entry before it and its own, which is made of that one and of
 * all that the entry says. The number is not part of the hash: the order is proved by the hashes alone.
 */
record ChainLink(long seq, byte[] previous, byte[] hash) {

    /** The hash of a call, given the values of its columns and the hash of its details. */
    static byte[] ofCall(byte[] previous, List<@Nullable Object> values, byte[] detailsHash) {
        EntryDigest digest = new EntryDigest("call").add(previous);
        values.forEach(digest::add);
        return digest.add(detailsHash).hash();
    }

    /** The hash of a call's trace and of what was said in it. */
    static byte[] ofDetails(@Nullable String trace, @Nullable String request, @Nullable String answer) {
        return new EntryDigest("details").add(trace).add(request).add(answer).hash();
    }

    /** The hash of a late charge, given the values of its columns. */
    static byte[] ofCharge(byte[] previous, List<@Nullable Object> values) {
        EntryDigest digest = new EntryDigest("late charge").add(previous);
        values.forEach(digest::add);
        return digest.hash();
    }

    /** The link that follows. */
    ChainLink next(byte[] nextHash) {
        return new ChainLink(seq + 1, hash, nextHash);
    }
}
