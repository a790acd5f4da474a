package dev.llmgateway.api.replay;

import dev.llmgateway.api.Charge;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which of those who share an answer pays for all of it: whoever asked; when that one leaves early, the one who has read
 * along for the longest, and so on. Who was told once whether to pay is told the same again. Guarded by the answer's lock.
 */
final class Bill {

    private final List<SharedReader> readers;
    private @Nullable SharedReader payer;
    private @Nullable Usage reported;

    /**
     * An open bill.
     *
     * @param readers those who share the answer, in the order they came; as it changes
     */
    Bill(List<SharedReader> readers) {
        this.readers = readers;
    }

    /** The one who asks comes. */
    void openedBy(SharedReader leader) {
        payer = leader;
    }

    /** More of the answer has come. */
    void note(ChatEvent event) {
        if (event instanceof ChatEvent.UsageReported report) {
            reported = report.usage();
        } else if (event instanceof ChatEvent.Started start && start.usage() != null) {
            reported = start.usage();
        }
    }

    /** A reader leaves before the answer's end. With nobody there to take the bill over it stays with the last who had it. */
    void leaves(SharedReader reader) {
        if (reader != payer || reader.isCharged) {
            return;
        }
        for (SharedReader other : readers) {
            if (other != reader && other.at != null && !other.isCharged) {
                payer = other;
                return;
            }
        }
    }

    /** Tells a reader who is done whether it pays. */
    boolean isPaidBy(SharedReader reader, boolean isOver) {
        if (!isOver) {
            leaves(reader);
        }
        reader.isCharged = true;
        return reader == payer;
    }

    /** The cost of the whole answer if it was told, however much of it the payer has read; else {@code read}. */
    Charge whole(Charge read) {
        return reported == null ? read : Charge.reported(reported);
    }
}
