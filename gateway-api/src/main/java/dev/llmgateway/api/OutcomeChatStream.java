package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.AnswerLosses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports exactly one {@link Outcome} for a stream: when it ends, when it throws, or when it is closed before either.
 * Everything that is counted or billed once per answer hangs on it. The observer must be quick and must not throw.
 */
public final class OutcomeChatStream extends ForwardingChatStream {

    private final Ticker ticker;
    private final long startedAt;
    private final Consumer<Outcome> observer;
    private final @Nullable AnswerMeter meter;
    private final @Nullable AnswerLosses losses;
    private final AtomicBoolean reported = new AtomicBoolean();

    private volatile @Nullable Origin origin;
    private volatile @Nullable Usage usage;
    private volatile boolean isUsageReported;
    private volatile boolean isFinished;
    private volatile @Nullable StopReason stopReason;
    private volatile long firstContentAt;
    private volatile boolean hasContent;

    /**
     * Watches {@code delegate} for one who does not ask for charges beyond what was reported.
     *
     * @param startedAt the tick from which durations count
     */
    public OutcomeChatStream(ChatStream delegate, Ticker ticker, long startedAt, Consumer<Outcome> observer) {
        this(delegate, ticker, startedAt, null, null, observer);
    }

    /**
     * Watches the answer of a call for one who wants to know what it costs, also when nobody reports that.
     *
     * @param exchange durations count from its start
     */
    public OutcomeChatStream(ChatStream delegate, Ticker ticker, Exchange exchange, Consumer<Outcome> observer) {
        this(
                delegate,
                ticker,
                exchange.startedAt(),
                new AnswerMeter(exchange),
                new AnswerLosses(exchange.request()),
                observer);
    }

    private OutcomeChatStream(
            ChatStream delegate,
            Ticker ticker,
            long startedAt,
            @Nullable AnswerMeter meter,
            @Nullable AnswerLosses losses,
            Consumer<Outcome> observer) {
        super(delegate);
        this.meter = meter;
        this.losses = losses;
        this.ticker = ticker;
        this.startedAt = startedAt;
        this.observer = observer;
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent event;
        try {
            event = super.next();
        } catch (RuntimeException | Error e) {
            if (isFirst()) {
                observer.accept(new Outcome.Failed(summary(false), GatewayException.of(e)));
            }
            throw e;
        }
        if (event == null) {
            completed();
        } else {
            note(event);
        }
        return event;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            if (isFirst()) {
                observer.accept(new Outcome.Abandoned(summary(false)));
            }
        }
    }

    private void note(ChatEvent event) {
        if (losses != null) {
            losses.accept(event);
        }
        switch (event) {
            case ChatEvent.Started start -> {
                origin = start.origin();
                usage = start.usage() == null ? usage : start.usage();
            }
            case ChatEvent.UsageReported report -> {
                usage = report.usage();
                isUsageReported = true;
            }
            case ChatEvent.Finished finish -> {
                stopReason = finish.choice() == 0 ? finish.reason() : stopReason;
                isFinished = true;
            }
            case ChatEvent.Delta delta -> {
                noteContent();
                if (meter != null) {
                    meter.read(delta.text());
                }
            }
            case ChatEvent.PartStarted ignored -> {}
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.VendorDelta ignored -> noteContent();
            case ChatEvent.PartEnded ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void noteContent() {
        if (!hasContent) {
            firstContentAt = ticker.read();
            hasContent = true;
        }
    }

    private void completed() {
        if (isFirst()) {
            observer.accept(new Outcome.Completed(summary(true)));
        }
    }

    private boolean isFirst() {
        return reported.compareAndSet(false, true);
    }

    private @Nullable Charge charge(boolean isComplete) {
        Usage told = usage;
        if (meter != null) {
            return charge(meter.charge(told, isComplete || (isFinished && isUsageReported)));
        }
        return told == null ? null : charge(Charge.reported(told));
    }

    private AnswerSummary summary(boolean isComplete) {
        return new AnswerSummary(
                origin,
                usage,
                charge(isComplete),
                losses == null ? List.of() : losses.names(),
                stopReason,
                hasContent ? Duration.ofNanos(firstContentAt - startedAt) : null,
                Duration.ofNanos(ticker.read() - startedAt));
    }
}
