package dev.llmgateway.server.faults;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes down, per call, which target failed and why, who answered, and how the call ended. Thread safe. */
final class CallJournal implements GatewayListener {

    private static final String ANSWERS = " answers";

    /** What was told of one call. */
    static final class Entry {
        final List<String> events = new ArrayList<>();
        /** Those whose answers were not needed any more in the end; the last of them may be told after the call. */
        final Collection<String> lost = new ConcurrentLinkedQueue<>();

        final List<Outcome> outcomes = new ArrayList<>();

        @Nullable
        Usage usage() {
            return outcomes.isEmpty() ? null : outcomes.getFirst().answer().usage();
        }

        /** It was answered by what another call was answered. */
        boolean isAgain() {
            Origin origin =
                    outcomes.isEmpty() ? null : outcomes.getFirst().answer().origin();
            return origin != null && origin.isAgain();
        }

        /** Whose answers have begun for it and were not given up. */
        List<String> taken() {
            List<String> taken = new ArrayList<>(events.stream()
                    .filter(event -> event.endsWith(ANSWERS))
                    .map(event -> event.substring(0, event.length() - ANSWERS.length()))
                    .toList());
            lost.forEach(taken::remove);
            return taken;
        }

        String inWords() {
            return String.join(", ", events);
        }
    }

    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final LongAdder started = new LongAdder();
    private final LongAdder paidInput = new LongAdder();
    private final LongAdder paidOutput = new LongAdder();
    private final LongAdder hedges = new LongAdder();
    private final ConcurrentMap<CircuitState, LongAdder> circuits = new ConcurrentHashMap<>();

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

    /** Tokens of prompts that were paid for: of answers, of lost races, and of tries that their clients did not wait for. */
    long paidInput() {
        return paidInput.sum();
    }

    /** Tokens of answers that were paid for, lost races included. */
    long paidOutput() {
        return paidOutput.sum();
    }

    /** How many calls have begun. */
    long started() {
        return started.sum();
    }

    /** How often a second target was asked. */
    long hedges() {
        return hedges.sum();
    }

    /** How often circuits have come into this state. */
    long circuits(CircuitState state) {
        LongAdder times = circuits.get(state);
        return times == null ? 0 : times.sum();
    }

    @Override
    public void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {
        hedges.increment();
    }

    @Override
    public void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
        circuits.computeIfAbsent(to, state -> new LongAdder()).increment();
    }

    @Override
    public void callStarted(Exchange exchange) {
        started.increment();
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        note(attempt.exchange(), attempt.target().provider().id() + ANSWERS);
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
        note(attempt.exchange(), attempt.target().provider().id() + " fails (" + why(error) + ")");
        if (spent != null) {
            pay(spent);
        }
    }

    @Override
    public void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {
        entry(attempt.exchange()).lost.add(attempt.target().provider().id());
        if (spent != null) {
            pay(spent);
        }
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        String end = switch (outcome) {
            case Outcome.Completed ignored -> "completed";
            case Outcome.Failed failed -> "failed (" + why(failed.error()) + ")";
            case Outcome.Abandoned ignored -> "abandoned";
        };
        note(exchange, end).outcomes.add(outcome);
        Charge charge = outcome.answer().charge();
        if (charge != null && outcome.answer().origin() != null) {
            pay(charge);
        }
    }

    private void pay(Charge charge) {
        paidInput.add(charge.usage().totalInput());
        paidOutput.add(charge.usage().output());
    }

    private Entry note(Exchange exchange, String event) {
        Entry entry = entry(exchange);
        synchronized (entry) {
            entry.events.add(event);
        }
        return entry;
    }

    private Entry entry(Exchange exchange) {
        return entries.computeIfAbsent(exchange.id(), id -> new Entry());
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
