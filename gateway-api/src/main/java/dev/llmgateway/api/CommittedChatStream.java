package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A stream of which the events up to the first content have been read ahead. */
final class CommittedChatStream extends ForwardingChatStream {

    /** A provider that sends only pings and headers for longer than this is committed to, so that memory stays bounded. */
    private static final int MAX_AHEAD = 256;

    private final Attempt attempt;
    private final Cancellation step;
    private final Deque<ChatEvent> ahead = new ArrayDeque<>();
    private boolean hasContent;
    private volatile boolean isRead;
    private boolean isClosed;

    /**
     * A stream of which nothing has been read yet.
     *
     * @param step discarded when all tries of this target are
     */
    CommittedChatStream(ChatStream delegate, Attempt attempt, Cancellation step) {
        super(delegate);
        this.attempt = attempt;
        this.step = step;
    }

    /**
     * Reads up to the first content, or to the end of an answer without any. To be called once, first.
     *
     * @throws GatewayException when the stream breaks off before; it is closed then
     */
    void readAhead() {
        try {
            ChatEvent event;
            do {
                event = super.next();
                if (event != null) {
                    ahead.add(event);
                }
            } while (event != null && !isContent(event) && ahead.size() < MAX_AHEAD);
            hasContent = true;
        } catch (RuntimeException | Error e) {
            super.close();
            throw e;
        }
    }

    /** Whether anything was read of the answer. */
    boolean hasBegun() {
        return !ahead.isEmpty();
    }

    /** What has been spent on what was read ahead. */
    Charge spent() {
        AnswerMeter meter = new AnswerMeter(attempt.exchange());
        Usage told = null;
        boolean isFinished = false;
        boolean isReported = false;
        for (ChatEvent event : ahead) {
            switch (event) {
                case ChatEvent.Started start -> told = start.usage() == null ? told : start.usage();
                case ChatEvent.UsageReported report -> {
                    told = report.usage();
                    isReported = true;
                }
                case ChatEvent.Delta delta -> meter.read(delta.text());
                case ChatEvent.Finished ignored -> isFinished = true;
                case ChatEvent.PartStarted ignored -> {}
                case ChatEvent.TokenAttached ignored -> {}
                case ChatEvent.VendorDelta ignored -> {}
                case ChatEvent.PartEnded ignored -> {}
                case ChatEvent.Ping ignored -> {}
                case ChatEvent.Vendor ignored -> {}
            }
        }
        return meter.charge(told, isFinished && isReported);
    }

    private static boolean isContent(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta delta -> !delta.text().isEmpty();
            // A tool that the vendor runs has an effect, which another try would repeat.
            case ChatEvent.PartStarted part ->
                part.initial() instanceof Content.ToolCall || part.initial() instanceof Content.Vendor;
            case ChatEvent.TokenAttached ignored -> true;
            case ChatEvent.VendorDelta ignored -> true;
            case ChatEvent.Finished ignored -> true;
            case ChatEvent.Started ignored -> false;
            case ChatEvent.PartEnded ignored -> false;
            case ChatEvent.UsageReported ignored -> false;
            case ChatEvent.Ping ignored -> false;
            case ChatEvent.Vendor ignored -> false;
        };
    }

    @Override
    public @Nullable ChatEvent next() {
        isRead = true;
        ChatEvent first = ahead.poll();
        return first != null ? first : super.next();
    }

    @Override
    public boolean ready() {
        return !ahead.isEmpty() || super.ready();
    }

    /**
     * An answer that came too late in a race, or for a caller who had left by then, is told of as it is closed, with what lies
     * there already.
     */
    @Override
    public void close() {
        if (isFirstClose() && hasContent && (!isRead || step.isDiscarded())) {
            readWhatIsThere();
            super.close();
            attempt.exchange().listener().attemptDiscarded(attempt, spent());
        } else {
            super.close();
        }
    }

    private synchronized boolean isFirstClose() {
        boolean isFirst = !isClosed;
        isClosed = true;
        return isFirst;
    }

    private void readWhatIsThere() {
        try {
            ChatEvent event = null;
            do {
                event = super.ready() ? super.next() : null;
                if (event != null) {
                    ahead.add(event);
                }
            } while (event != null && ahead.size() < 2 * MAX_AHEAD);
        } catch (GatewayException e) {
            // The socket is closed already; what was read before counts.
            return;
        }
    }
}
