package dev.llmgateway.server.faults;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes down, per call, which target failed and why, who answered, and how the call ended. Thread safe. */
final class CallJournal implements GatewayListener {

    /** What was told of one call. */
    static final class Entry {
        final List<String> events = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();

        @Nullable
        Usage usage() {
            return outcomes.isEmpty() ? null : outcomes.getFirst().answer().usage();
        }

        String inWords() {
            return String.join(", ", events);
        }
    }

    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final LongAdder started = new LongAdder();

    /** What was told of the call of this id, which is forgotten. */
    Entry take(String id) {
        Entry entry = entries.remove(id);
        return entry == null ? new Entry() : entry;
    }

    /** What was told of calls that nobody has taken. */
    int left() {
        return entries.size();
    }

    /** What was told of all calls that nobody has taken, which are forgotten. */
    List<Entry> takeAll() {
        List<Entry> all = List.copyOf(entries.values());
        entries.clear();
        return all;
    }

    /** How many calls have begun. */
    long started() {
        return started.sum();
    }

    @Override
    public void callStarted(Exchange exchange) {
        started.increment();
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        note(attempt.exchange(), attempt.target().provider().id() + " answers");
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error) {
        note(attempt.exchange(), attempt.target().provider().id() + " fails (" + why(error) + ")");
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        String end = switch (outcome) {
            case Outcome.Completed ignored -> "completed";
            case Outcome.Failed failed -> "failed (" + why(failed.error()) + ")";
            case Outcome.Abandoned ignored -> "abandoned";
        };
        note(exchange, end).outcomes.add(outcome);
    }

    private Entry note(Exchange exchange, String event) {
        Entry entry = entries.computeIfAbsent(exchange.id(), id -> new Entry());
        synchronized (entry) {
            entry.events.add(event);
        }
        return entry;
    }

    private static String why(GatewayException error) {
        return switch (error) {
            case ProviderFailed e ->
                e.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                        + e.error().status();
            case GatewayException.TimedOut ignored -> "timed out";
            case GatewayException other -> other.getClass().getSimpleName();
        };
    }
}
