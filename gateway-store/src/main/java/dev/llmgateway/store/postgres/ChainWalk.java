package dev.llmgateway.store.postgres;

import dev.llmgateway.store.postgres.AuditReport.Expected;
import dev.llmgateway.store.postgres.AuditReport.Kind;
import dev.llmgateway.store.postgres.AuditReport.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes from entry to entry and notes what is wrong. Not thread safe. */
final class ChainWalk {

    private final Map<Kind, Problem> problems = new EnumMap<>(Kind.class);
    private final ChainPoint begin;
    private final @Nullable ChainPoint expected;
    private ChainPoint at;
    private boolean isExpectedFound;
    private long calls;
    private long charges;

    ChainWalk(ChainPoint begin, @Nullable ChainPoint expected) {
        this.begin = begin;
        this.expected = expected;
        this.at = begin;
        isExpectedFound = begin.equals(expected);
    }

    void step(ChainEntry entry) {
        checkPlace(entry);
        checkContent(entry);
        switch (entry.kind()) {
            case CALL -> calls++;
            case CHARGE -> charges++;
            case REMOVAL -> {}
        }
        at = ChainPoint.of(entry.link().seq(), entry.link().hash());
        isExpectedFound |= at.equals(expected);
    }

    private void checkPlace(ChainEntry entry) {
        long seq = entry.link().seq();
        long missing = seq - at.seq() - 1;
        if (missing > 0) {
            note(
                    Kind.MISSING,
                    missing,
                    (missing == 1
                                    ? "entry " + (seq - 1) + " is"
                                    : "entries " + (at.seq() + 1) + " to " + (seq - 1) + " are")
                            + " missing before " + entry.describe());
        } else if (missing < 0
                || !ChainPoint.of(at.seq(), entry.link().previous()).equals(at)) {
            note(Kind.OUT_OF_PLACE, 1, entry.describe() + " was not written after entry " + at.seq());
        }
    }

    private void checkContent(ChainEntry entry) {
        if (!entry.isAsWritten()) {
            note(Kind.CHANGED, 1, entry.describe() + " is not as it was written");
        }
        if (!entry.hasItsDetails()) {
            note(
                    Kind.CHANGED_DETAILS,
                    1,
                    "the trace or the bodies of " + entry.describe() + " are not as they were written");
        }
        if (!entry.showsItsTotal()) {
            note(Kind.CHANGED_TOTAL, 1, "the tokens or the cost shown of " + entry.describe() + " are not their sum");
        }
    }

    private void note(Kind kind, long count, String sentence) {
        Problem first = problems.get(kind);
        problems.put(
                kind,
                first == null
                        ? new Problem(kind, count, sentence)
                        : new Problem(kind, first.count() + count, first.first()));
    }

    /** What was found, given where the chain ends by its own account. */
    AuditReport end(ChainPoint head) {
        if (at.seq() < head.seq()) {
            note(
                    Kind.CUT_OFF,
                    head.seq() - at.seq(),
                    "entries " + (at.seq() + 1) + " to " + head.seq() + " are missing at the end");
        } else if (!at.equals(head)) {
            note(
                    Kind.CUT_OFF,
                    1,
                    "the head says that entry " + head.seq() + " is the last, but entry " + at.seq() + " is");
        }
        return new AuditReport(begin, head, calls, charges, List.copyOf(problems.values()), expectation());
    }

    private Expected expectation() {
        if (expected == null) {
            return Expected.NOT_ASKED;
        }
        if (isExpectedFound) {
            return Expected.FOUND;
        }
        return expected.seq() < begin.seq() ? Expected.REMOVED : Expected.DIFFERENT;
    }
}
