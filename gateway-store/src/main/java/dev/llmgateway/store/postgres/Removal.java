package dev.llmgateway.store.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/** An entry of the chain that says that the entries up to another one were removed, when and why. */
final class Removal {

    private static final String INSERT = "insert into chain_removals"
            + " (seq, at, reason, calls, last_seq, last_hash, previous_hash, chain_hash) values (?, ?, ?, ?, ?, ?, ?, ?)";

    private Removal() {}

    /**
     * What was removed.
     *
     * @param reason a word
     * @param calls how many
     * @param lastSeq the last entry that is not there any more
     * @param lastHash its hash, on which the chain that is left is built
     */
    record Removed(String reason, long calls, long lastSeq, byte[] lastHash) {}

    /** Appends such an entry; the transaction has locked this head. */
    static void append(Handle handle, ChainLink head, Instant at, Removed removed) throws SQLException {
        Instant kept = at.truncatedTo(ChronoUnit.MICROS);
        ChainLink link = head.next(hash(head.hash(), kept, removed));
        handle.execute(
                INSERT,
                link.seq(),
                kept,
                removed.reason,
                removed.calls,
                removed.lastSeq,
                removed.lastHash,
                link.previous(),
                link.hash());
        ChainHead.move(handle.getConnection(), link);
    }

    static byte[] hash(byte[] previous, Instant at, Removed removed) {
        return new EntryDigest("removal")
                .add(previous)
                .add(at)
                .add(removed.reason)
                .add(removed.calls)
                .add(removed.lastSeq)
                .add(removed.lastHash)
                .hash();
    }
}
