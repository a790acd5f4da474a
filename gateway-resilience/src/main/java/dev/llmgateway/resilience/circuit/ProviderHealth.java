package dev.llmgateway.resilience.circuit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.resilience.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a provider that has failed at least once: a circuit for each model that did, until when each owner
 * of a key leaves it alone, and the latest changes. Bounded; what nobody asked about for longer than a circuit can be open
 * is forgotten.
 */
final class ProviderHealth {

    static final int MOST_MODELS = 10_000;
    static final int MOST_OWNERS = 10_000;
    static final int MOST_CHANGES = 20;
    static final Duration LONGEST_COOL_DOWN = Duration.ofHours(1);

    private static final Duration IDLE = Duration.ofHours(25);

    private final Supplier<CircuitPolicy> policy;
    private final Ticker ticker;
    private final Cache<String, CircuitBreaker> circuits;
    private final Cache<String, Long> coolUntil;
    private final Deque<ProviderCircuits.Change> changes = new ArrayDeque<>();

    ProviderHealth(Supplier<CircuitPolicy> policy, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
        circuits = Caffeine.newBuilder()
                .maximumSize(MOST_MODELS)
                .expireAfterAccess(IDLE)
                .ticker(ticker::read)
                .executor(Runnable::run)
                .build();
        coolUntil = Caffeine.newBuilder()
                .maximumSize(MOST_OWNERS)
                .expireAfterWrite(LONGEST_COOL_DOWN)
                .ticker(ticker::read)
                .executor(Runnable::run)
                .build();
    }

    /** The circuit of a model; null when it never failed. */
    @Nullable
    CircuitBreaker circuit(String model) {
        return circuits.getIfPresent(model);
    }

    CircuitBreaker circuitOfFailed(String model) {
        return circuits.get(model, ignored -> new CircuitBreaker(policy, ticker));
    }

    /** True while somebody's key cools down. */
    boolean mayBeCooling() {
        return !coolUntil.asMap().isEmpty();
    }

    /** Leaves it alone for so long; a shorter wait than one that runs changes nothing. */
    void coolDown(String owner, Duration asked) {
        Duration wait = asked.compareTo(LONGEST_COOL_DOWN) < 0 ? asked : LONGEST_COOL_DOWN;
        long until = ticker.read() + wait.toNanos();
        if (!wait.isZero() && !wait.isNegative()) {
            coolUntil.asMap().merge(owner, until, (one, other) -> one - other > 0 ? one : other);
        }
    }

    /** How long the owner of this key leaves it alone; zero when not at all. */
    Duration coolingDown(String owner) {
        Long until = coolUntil.getIfPresent(owner);
        return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - ticker.read()));
    }

    /** Why this owner of a key does not ask; null when nothing is against it. */
    TargetState.@Nullable Unavailable cooling(String owner) {
        Duration left = coolingDown(owner);
        return left.isZero()
                ? null
                : new TargetState.Unavailable(
                        Cause.COOLING_DOWN,
                        left,
                        "is over its provider's rate limit for another " + wholeSeconds(left));
    }

    private static String wholeSeconds(Duration left) {
        return Durations.words(Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds()));
    }

    static TargetState.Unavailable unavailable(Admission.Refused refused) {
        return new TargetState.Unavailable(Cause.CIRCUIT_OPEN, refused.retryAfter(), refused.sentence());
    }

    void note(String model, CircuitTransition transition, Instant now) {
        synchronized (changes) {
            if (changes.size() == MOST_CHANGES) {
                changes.removeLast();
            }
            changes.addFirst(
                    new ProviderCircuits.Change(model, transition.from(), transition.to(), transition.reason(), now));
        }
    }

    /** All of it, the open circuits first. */
    ProviderCircuits view(String owner) {
        List<ProviderCircuits.Model> models = circuits.asMap().entrySet().stream()
                .map(entry -> new ProviderCircuits.Model(
                        entry.getKey(), entry.getValue().snapshot()))
                .sorted(Comparator.comparing((ProviderCircuits.Model model) ->
                                order(model.circuit().state()))
                        .thenComparing(ProviderCircuits.Model::model))
                .toList();
        synchronized (changes) {
            return new ProviderCircuits(models, List.copyOf(changes), coolingDown(owner));
        }
    }

    private static int order(CircuitState state) {
        return switch (state) {
            case OPEN -> 0;
            case HALF_OPEN -> 1;
            case CLOSED -> 2;
        };
    }
}
