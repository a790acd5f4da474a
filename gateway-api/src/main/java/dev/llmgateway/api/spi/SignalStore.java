package dev.llmgateway.api.spi;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import java.time.Instant;
import java.util.List;

/**
 * Keeps what is reported about the quality of answers. Thread safe. Calls of these methods may take long: none is made on the
 * path of a request. All of them throw a {@link RuntimeException} when the store cannot be reached.
 */
public interface SignalStore extends AutoCloseable {

    /** Keeps these: all, or none when it throws. */
    void append(List<QualitySignal> signals);

    /**
     * Sums reports up, by period and model; sums without a report are left out. Ordered by period, then by the model's id.
     *
     * @param edges the moments at which periods begin and end, rising, two or more: each period is from one edge to before the
     *     next
     */
    List<SignalSum> sums(SignalQuery query, List<Instant> edges);

    /**
     * A place in the order in which reports are written: all that come before it can be read, and none will be written there any
     * more. It rises.
     */
    long position();

    /**
     * What was reported in each hour from one moment to before another, by model and task type; the oldest hour first.
     *
     * @param before a {@link #position}: what was written later is left out
     */
    List<SignalHour> hours(Instant from, Instant to, long before);

    /**
     * What was written from one {@link #position} to before another by others than this store, as {@link #hours} tells it. Nobody
     * else writes into a store that is not persistent.
     */
    List<SignalHour> ofOthers(long from, long before);

    /** Forgets all reports, and returns how many they were. */
    long clear();

    /** Whether reports are still there after a restart. */
    boolean isPersistent();

    @Override
    void close();
}
