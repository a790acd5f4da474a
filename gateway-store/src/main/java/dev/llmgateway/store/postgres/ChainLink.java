package dev.llmgateway.store.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an entry in the chain: its number, the hash of the entry before it and its own, which is made of that one and of
 * all that the entry says. The number is not part of the hash: the order is proved by the hashes alone.
 */
record ChainLink(long seq, byte[] previous, byte[] hash) {

    /** The hash of a call, given the values of its columns, when it was recorded, and the hash of its details. */
    static byte[] ofCall(
            byte[] previous, List<@Nullable Object> values, @Nullable Object recordedAt, byte[] detailsHash) {
        EntryDigest digest = new EntryDigest("call").add(previous);
        values.forEach(digest::add);
        return digest.add(recordedAt).add(detailsHash).hash();
    }

    /** The hash of a call's trace and of what was said in it. */
    static byte[] ofDetails(@Nullable String trace, @Nullable String request, @Nullable String answer) {
        return new EntryDigest("details").add(trace).add(request).add(answer).hash();
    }

    /** The hash of a late charge, given the values of its columns and when it was recorded. */
    static byte[] ofCharge(byte[] previous, List<@Nullable Object> values, @Nullable Object recordedAt) {
        EntryDigest digest = new EntryDigest("late charge").add(previous);
        values.forEach(digest::add);
        return digest.add(recordedAt).hash();
    }

    /** The link that follows. */
    ChainLink next(byte[] nextHash) {
        return new ChainLink(seq + 1, hash, nextHash);
    }
}
