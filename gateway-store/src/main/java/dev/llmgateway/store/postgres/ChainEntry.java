package dev.llmgateway.store.postgres;

import java.util.Arrays;

/**
 * An entry of the chain as it is found.
 *
 * @param name what it is, for people
 * @param link its number and hashes, as its row has them
 * @param made the hash that its values give
 * @param hasItsDetails whether its trace and bodies are those that it was written with
 * @param showsItsTotal whether the spend that is shown is the sum of what belongs to it
 */
record ChainEntry(Kind kind, String name, ChainLink link, byte[] made, boolean hasItsDetails, boolean showsItsTotal) {

    /** What an entry says. */
    enum Kind {
        CALL,
        CHARGE,
        REMOVAL
    }

    /** Whether its row is as it was written, its trace and bodies apart. */
    boolean isAsWritten() {
        return Arrays.equals(made, link.hash());
    }

    /** Its number and what it is, for people. */
    String describe() {
        return "entry " + link.seq() + " (" + name + ")";
    }
}
