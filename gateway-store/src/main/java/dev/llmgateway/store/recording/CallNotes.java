package dev.llmgateway.store.recording;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.Transcript;
import dev.llmgateway.api.json.TraceDetails;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallDetails;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.CallTrace.Reason;
import dev.llmgateway.api.records.ErrorTypes;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notes down what is told of one call, and makes its record of it when it has ended. What is charged later is handed on by
 * itself. Thread safe, since targets may race.
 */
final class CallNotes implements GatewayListener {

    private static final int OK = 200;

    /** As many of those that could have served a call are kept with it: it is kept for months, and nobody reads about dozens. */
    private static final int MOST_RANKED = 10;

    private final Exchange asked;
    private final Bookkeeping books;
    private final Instant at;
    private final Ticker ticker;

    /* All guarded by this. */
    private final TryNotes tries = new TryNotes();
    private final FindingNotes findings = new FindingNotes();
    private final List<CallTrace.Race> races = new ArrayList<>(0);
    private final List<CallTrace.CircuitChange> circuits = new ArrayList<>(0);
    private final List<CallTrace.Charged> charges = new ArrayList<>(1);
    private CallOptions options;
    private @Nullable RoutingDecision decision;
    private @Nullable CacheLookup cache;
    private @Nullable Transcript transcript;
    private CallTrace.@Nullable Raised raised;
    private boolean replayed;
    private long waited;
    private boolean hasEnded;
    private int lateCharges;

    CallNotes(Exchange exchange, Bookkeeping books, Instant at, Ticker ticker) {
        this.asked = exchange;
        this.options = exchange.options();
        this.books = books;
        this.at = at;
        this.ticker = ticker;
    }

    @Override
    public synchronized void authenticated(Exchange exchange) {
        options = exchange.options();
    }

    @Override
    public synchronized void classificationRaised(Exchange exchange, LevelSource.Marking why) {
        options = exchange.options();
        raised = new CallTrace.Raised(options.routing().classification(), why);
    }

    @Override
    public synchronized void contentFound(Exchange exchange, ComplianceFinding finding) {
        findings.add(finding);
    }

    @Override
    public synchronized void replayed(Exchange exchange) {
        replayed = true;
    }

    @Override
    public synchronized void cacheAsked(Exchange exchange, CacheLookup found) {
        cache = found;
    }

    @Override
    public synchronized void transcribed(Exchange exchange, Transcript said) {
        transcript = said;
    }

    @Override
    public synchronized void routed(Exchange exchange, RoutingDecision made) {
        decision = made.withBest(MOST_RANKED);
    }

    @Override
    public synchronized void providersWaited(Exchange exchange, Duration time) {
        waited += time.toNanos();
    }

    @Override
    public synchronized void attemptStarted(Attempt attempt) {
        tries.started(attempt, now());
    }

    @Override
    public synchronized void attemptCommitted(Attempt attempt, Duration elapsed) {
        tries.committed(attempt, now());
    }

    @Override
    public synchronized void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
        tries.failed(attempt, now(), error, books.discretion().sentence(error));
        if (spent != null) {
            charge(error.isCallersOwn() ? Reason.ABANDONED : Reason.FAILED, attempt.target(), spent);
        }
    }

    @Override
    public synchronized void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {
        tries.discarded(attempt, now());
        if (spent != null) {
            charge(Reason.DISCARDED, attempt.target(), spent);
        }
    }

    @Override
    public synchronized void retrying(Attempt attempt, GatewayException error, Duration pause) {
        tries.pauses(attempt.target(), pause);
    }

    @Override
    public synchronized void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {
        races.add(new CallTrace.Race(now(), slow.toString(), second.toString(), null));
    }

    @Override
    public synchronized void raceEnded(
            Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {
        if (slow.equals(winner)) {
            tries.firstWon();
        }
        CallTrace.Race race = races.removeLast();
        races.add(new CallTrace.Race(race.at(), race.slow(), race.second(), winner == null ? null : winner.toString()));
    }

    @Override
    public synchronized void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
        RouteTarget target = attempt.target();
        circuits.add(new CallTrace.CircuitChange(now(), target.provider().id(), target.model(), from, to, reason));
    }

    @Override
    public synchronized void embedded(Exchange exchange, Embedding.Cost cost) {
        charge(Reason.EMBEDDING, cost.provider(), cost.model(), new Charge(cost.usage(), cost.isEstimated()));
    }

    private void charge(Reason reason, RouteTarget target, Charge charge) {
        charge(reason, target.provider().id(), target.model(), charge);
    }

    private void charge(Reason reason, String provider, String model, Charge charge) {
        Spend spend = books.spend(provider, model, charge);
        if (hasEnded) {
            lateCharges++;
            books.sink().accept(new LateCharge(asked.id(), lateCharges, spend));
        } else {
            charges.add(new CallTrace.Charged(reason, provider, model, spend));
        }
    }

    private Duration now() {
        return Duration.ofNanos(ticker.read() - asked.startedAt());
    }

    /**
     * The call has ended: hands its record on. To be called once.
     *
     * @param inside how long the call's reader has waited, in nanoseconds
     */
    synchronized void end(Outcome outcome, long inside) {
        AnswerSummary answer = outcome.answer();
        Origin origin = answer.origin();
        if (answer.charge() != null && origin != null) {
            charge(Reason.ANSWER, origin.provider(), origin.model(), answer.charge());
        }
        hasEnded = true;
        GatewayException error = outcome instanceof Outcome.Failed failed ? failed.error() : null;
        CallRecord call = new CallRecord(
                asked.id(),
                at,
                options.caller().tenant(),
                options.labels(),
                whatWasAsked(error),
                served(origin),
                end(outcome),
                path(),
                new CallRecord.Times(
                        answer.firstContent(), answer.duration(), Duration.ofNanos(Math.max(0, inside - waited))),
                spent(),
                findings.counts());
        CallRecord told = books.discretion().record(call);
        CallTrace trace = trace(answer, error);
        boolean isNamed = told.asked().equals(call.asked());
        books.sink()
                .accept(new FinishedCall(
                        told, details(isNamed ? trace : books.discretion().withoutName(trace))));
    }

    private Spend spent() {
        Spend sum = Spend.NOTHING;
        for (CallTrace.Charged charged : charges) {
            sum = sum.plus(charged.spend());
        }
        return sum;
    }

    /** Of one who is not let in, not even what it wants is looked at. */
    private CallRecord.Asked whatWasAsked(@Nullable GatewayException error) {
        boolean wasRead = !(error instanceof GatewayException.Unauthenticated);
        return new CallRecord.Asked(
                wasRead ? asked.request().model() : null,
                options.routing().profile().name(),
                options.routing().classification(),
                asked.request().stream());
    }

    private CallRecord.@Nullable Served served(@Nullable Origin origin) {
        if (origin != null) {
            return new CallRecord.Served(origin.provider(), origin.model());
        }
        RouteTarget last = tries.lastTarget();
        return last == null ? null : new CallRecord.Served(last.provider().id(), last.model());
    }

    private CallRecord.End end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed ignored -> new CallRecord.End(OK, null);
            case Outcome.Failed failed ->
                new CallRecord.End(books.statusOf().applyAsInt(failed.error()), ErrorTypes.of(failed.error()));
            case Outcome.Abandoned ignored ->
                new CallRecord.End(CallRecord.CLIENT_CLOSED_REQUEST, ErrorTypes.CANCELLED);
        };
    }

    private CallRecord.Path path() {
        return new CallRecord.Path(
                tries.attempts(),
                tries.failovers(),
                !races.isEmpty(),
                cache == null ? CacheResult.OFF : CacheResult.of(cache),
                replayed,
                tries.lastFailure());
    }

    private CallDetails details(CallTrace told) {
        TraceDetails trace = new TraceDetails(told);
        return transcript == null ? trace : new TranscriptDetails(trace, transcript);
    }

    private CallTrace trace(AnswerSummary answer, @Nullable GatewayException error) {
        return new CallTrace(
                decision,
                tries.toTries(),
                races,
                circuits,
                cache,
                findings.kept(),
                findings.leftOut(),
                raised,
                books.discretion().dropped(dropped(answer, error)),
                charges,
                error == null ? null : books.discretion().sentence(error));
    }

    private List<String> dropped(AnswerSummary answer, @Nullable GatewayException error) {
        Origin origin = answer.origin();
        List<String> ofRequest = origin == null ? List.of() : origin.dropped();
        List<String> ofError = error instanceof GatewayException.ProviderFailed failed
                ? failed.error().lostFor(asked.request().dialect())
                : List.of();
        return answer.lost().isEmpty() && ofError.isEmpty()
                ? ofRequest
                : Stream.of(ofRequest, answer.lost(), ofError)
                        .flatMap(List::stream)
                        .toList();
    }
}
