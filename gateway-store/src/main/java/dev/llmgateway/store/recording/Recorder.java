package dev.llmgateway.store.recording;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.json.TraceDetails;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.Refused;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Makes exactly one record of each call, whatever its end, and hands it on when the call has ended. It belongs into {@link
 * dev.llmgateway.api.Stage#AUDIT}, so that calls that are not let in leave a record, too.
 *
 * <pre>{@code
 * RecordStore store = new MemoryRecordStore();
 * Gateway.builder().provider(provider).stage(Stage.AUDIT, Recorder.to(RecordWriter.start(store)));
 * }</pre>
 *
 * Thread safe.
 */
public final class Recorder implements Interceptor {

    private static final int FAILED = 500;

    private final Bookkeeping books;
    private final InstantSource clock;
    private final Ticker ticker;

    /**
     * A recorder that records all names as they are.
     *
     * @param prices what providers take for tokens
     * @param statusOf the HTTP status that stands for a failure
     * @param ticker the gateway's own
     */
    public Recorder(
            RecordSink sink,
            Prices prices,
            ToIntFunction<GatewayException> statusOf,
            InstantSource clock,
            Ticker ticker) {
        this(new Bookkeeping(sink, prices, statusOf, Discretion.NONE), clock, ticker);
    }

    private Recorder(Bookkeeping books, InstantSource clock, Ticker ticker) {
        this.books = books;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** The same recorder, which leaves out of its records what it is told to. */
    public Recorder with(Discretion discretion) {
        return new Recorder(new Bookkeeping(books.sink(), books.prices(), books.statusOf(), discretion), clock, ticker);
    }

    /** A recorder that knows no prices, and for which every failure has status 500. */
    public static Recorder to(RecordSink sink) {
        return new Recorder(sink, Prices.UNKNOWN, error -> FAILED, InstantSource.system(), Ticker.system());
    }

    /** Makes the record of a request that did not become a call: it took no time, and cost nothing. */
    public void refused(Refused request) {
        CallRecord record = new CallRecord(
                request.requestId(),
                clock.instant(),
                request.tenant(),
                books.discretion().labels(request.labels()),
                new CallRecord.Asked(
                        null,
                        RoutingOptions.defaults().profile().name(),
                        RoutingOptions.defaults().classification(),
                        false),
                null,
                new CallRecord.End(request.status(), Refused.TYPE),
                new CallRecord.Path(0, 0, false, CacheResult.OFF, false, null),
                new CallRecord.Times(null, Duration.ZERO, Duration.ZERO),
                Spend.NOTHING,
                List.of());
        String error = books.discretion().ofUnreadable(request.error());
        books.sink().accept(new FinishedCall(record, new TraceDetails(CallTrace.refused(error))));
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        CallNotes notes = new CallNotes(exchange, books, clock.instant(), ticker);
        Exchange told = exchange.alsoTelling(notes);
        long start = ticker.read();
        ChatStream answer;
        try {
            answer = next.handle(told);
        } catch (RuntimeException | Error e) {
            long now = ticker.read();
            AnswerSummary nothing = AnswerSummary.nothing(Duration.ofNanos(now - exchange.startedAt()));
            notes.end(new Outcome.Failed(nothing, GatewayException.of(e)), now - start);
            throw e;
        }
        TimedChatStream timed = new TimedChatStream(answer, ticker, ticker.read() - start);
        return new OutcomeChatStream(timed, ticker, told, outcome -> notes.end(outcome, timed.nanos()));
    }
}
