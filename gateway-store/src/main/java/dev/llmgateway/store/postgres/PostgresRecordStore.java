package dev.llmgateway.store.postgres;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.api.spi.RefusedRecordException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls in PostgreSQL, as many as there is room for. Several gateways may share a database. Each entry is linked to the one
 * before it by a hash. When the database cannot be reached, every method fails within seconds with a {@link DatabaseException}.
 * What PostgreSQL cannot keep in a text is replaced by U+FFFD. Latencies of percentiles are right to a tenth.
 *
 * <pre>{@code
 * Database database = Database.open(DatabaseSettings.of("postgres://me:secret@localhost/gateway", 5));
 * RecordStore store = new PostgresRecordStore(database);
 * }</pre>
 */
public final class PostgresRecordStore implements RecordStore {

    private static final Logger LOG = System.getLogger(PostgresRecordStore.class.getName());

    /** So many entries may be missing in the kept sums: they can be added up quickly enough by whoever asks. */
    private static final int USUAL_LAG = 20_000;

    /** So many are added to them at a time. */
    private static final int STEP = 10_000;

    /** The same where somebody waits for all of them. */
    private static final int LONG_STEP = 50_000;

    private static final int BATCH = 2_000;
    private static final int MOST_BATCHES = 500;

    private final Database database;
    private final InstantSource clock;
    private final int mostLag;

    private final ForgottenCalls forgotten = new ForgottenCalls(Ticker.system());

    private final AtomicBoolean isSummingUp = new AtomicBoolean();

    /** Up to which entry the kept sums go at least. */
    private volatile long summedUp;

    /** A store in a database, which stays the caller's to close. */
    public PostgresRecordStore(Database database) {
        this(database, InstantSource.system());
    }

    /**
     * A store that notes by a clock when entries are recorded.
     *
     * @param database stays the caller's to close
     */
    public PostgresRecordStore(Database database, InstantSource clock) {
        this(database, clock, USUAL_LAG);
    }

    PostgresRecordStore(Database database, InstantSource clock, int mostLag) {
        this.database = database;
        this.clock = clock;
        this.mostLag = mostLag;
    }

    @Override
    public void append(List<? extends RecordEntry> entries) {
        Appending.Appended appended = appended(batch(entries));
        forgotten.add(appended.forgotten());
        long latest = appended.latest();
        if (latest - summedUp >= mostLag && isSummingUp.compareAndSet(false, true)) {
            Thread.ofVirtual().name("llm-gateway-record-sums").start(this::sumUp);
        }
    }

    private Appending.Appended appended(Appending.Batch batch) {
        try {
            return database.write(handle -> Appending.append(handle.getConnection(), batch, clock));
        } catch (DatabaseException e) {
            if (DatabaseErrors.isAboutAValue(e)) {
                throw new RefusedRecordException("the database refuses a value of a record");
            }
            throw e;
        }
    }

    /** The entries are kept, whether this works or not; nobody waits for it. */
    private void sumUp() {
        try {
            catchUp(STEP);
        } catch (DatabaseException e) {
            LOG.log(
                    Level.WARNING,
                    "sums of records could not be brought up to date, which makes analytics slower: " + e.getMessage());
        } finally {
            isSummingUp.set(false);
        }
    }

    private static Appending.Batch batch(List<? extends RecordEntry> entries) {
        try {
            return Appending.Batch.of(entries);
        } catch (ArithmeticException | DateTimeException e) {
            throw new RefusedRecordException("a record has a time that is too long to be kept");
        }
    }

    @Override
    public Optional<StoredCall> find(String requestId) {
        return database.read(handle -> Listing.find(handle, requestId));
    }

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return read(reading -> reading.list(query, after, limit));
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        return read(reading -> reading.sums(query, wanted));
    }

    @Override
    public <T> T read(Function<? super RecordReading, T> work) {
        return database.read(handle -> work.apply(new PostgresReading(handle)));
    }

    @Override
    public long clear() {
        return database.write(handle -> Clearing.clear(handle, clock));
    }

    /**
     * How many calls were not recorded since they had ended, by their gateway's clock, before {@link #clear}. By a clock that is
     * behind they are also those that ended a while after it; a line of the log says so, once a minute at most.
     */
    public long forgotten() {
        return forgotten.count();
    }

    /**
     * Removes what was recorded before some moment, a little at a time, and at most {@value #MOST_BATCHES} times
     * {@value #BATCH} entries. Of several gateways one does so at a time. An entry that is not as it was written is not removed,
     * nor what came after it: who changes times in the database could make records disappear otherwise.
     *
     * @return how many calls and late charges were removed
     * @throws DatabaseException when the database cannot be reached, or does not do it; some may have been removed then
     */
    public long prune(Instant before) {
        long all = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            long removed = database.write(handle -> Pruning.prune(handle, before, BATCH, clock));
            all += removed;
            if (removed == 0) {
                break;
            }
        }
        return all;
    }

    /**
     * Brings the kept sums up to date. Appending does so by itself now and then, in the background: this is for whoever put calls
     * into the tables in another way.
     *
     * @throws DatabaseException when the database cannot be reached, or does not do it
     */
    public void catchUp() {
        catchUp(LONG_STEP);
    }

    private void catchUp(int step) {
        long before = -1;
        while (before != summedUp) {
            before = summedUp;
            database.write(handle -> Rollups.add(handle, step)).ifPresent(seq -> summedUp = seq);
        }
    }

    /** How the database finds the answer of {@link #list}, in its own words: for whoever looks why it takes long. */
    public String explain(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return database.read(handle -> Listing.explain(handle, query, after, limit));
    }

    /** How the database finds the answer of {@link #sums}, in its own words. */
    public String explain(RecordQuery query, RecordSums wanted) {
        return database.read(handle -> Summing.explain(handle, query, wanted));
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    /** Nothing is held that must be given back. */
    @Override
    public void close() {}
}
