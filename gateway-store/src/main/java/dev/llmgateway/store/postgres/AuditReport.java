package dev.llmgateway.store.postgres;

import java.util.List;

/**
 * What was found when a chain was followed.
 *
 * @param begin the entry after which the chain begins: the last one that was removed for its age or by request, or 0
 * @param head the entry at which it ends, by its own account
 * @param calls how many calls it has
 * @param charges how many late charges
 * @param problems what is wrong, each kind once; empty when it is intact
 * @param expected what became of an entry that was noted elsewhere
 */
public record AuditReport(
        ChainPoint begin, ChainPoint head, long calls, long charges, List<Problem> problems, Expected expected) {

    public AuditReport {
        problems = List.copyOf(problems);
    }

    /** Whether the chain is as it was written, and contains the entry that was noted, as far as that can be known. */
    public boolean isIntact() {
        return problems.isEmpty() && expected != Expected.DIFFERENT;
    }

    /** A way in which a chain is not as it was written. */
    public enum Kind {
        /** The values of an entry are not those that its hash was made of. */
        CHANGED,
        /** The trace of a call, or what was said in it, is not what its hash was made of. */
        CHANGED_DETAILS,
        /** The tokens or the cost that a call shows are not what it cost at first and its late charges. */
        CHANGED_TOTAL,
        /** Numbers are missing between others. */
        MISSING,
        /** An entry was not written after the one that it follows now: it was moved, put in or rewritten, or its neighbour was. */
        OUT_OF_PLACE,
        /** The chain ends before its head, or the head is another entry than the last one. */
        CUT_OFF
    }

    /**
     * All that is wrong in one way.
     *
     * @param count how many entries
     * @param first the first of them, as a sentence without anything of what was said
     */
    public record Problem(Kind kind, long count, String first) {}

    /** What became of an entry that was noted elsewhere. */
    public enum Expected {
        /** Nobody asked. */
        NOT_ASKED,
        FOUND,
        /** The chain has another entry in its place, or ends before it. */
        DIFFERENT,
        /** It was removed with all before it, so that nothing can be said. */
        REMOVED
    }
}
