package dev.llmgateway.resilience.circuit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.AttemptInterceptor;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.TargetHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@linkplain CircuitBreaker circuit} for every model of every provider. For
 * {@link dev.llmgateway.api.AttemptStage#BREAKER}, and as {@link TargetHealth} for a router, which then leaves out what is
 * not to be asked.
 *
 * <pre>{@code
 * Breakers breakers = Breakers.by(provider -> CircuitPolicy.DEFAULT);
 * Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .attemptStage(AttemptStage.BREAKER, breakers)
 * }</pre>
 *
 * <p><b>Failures</b> are connections that fail, statuses from 500 on, also reported inside an answer, answers that are
 * none, answers that break off at any event, and silence. A call whose own time is up says nothing about the target, unless
 * the target had sent nothing for as long as this breaker's patience: else a caller with a tiny limit could close a target
 * to all others. Nothing is said either by statuses below 500, by our own defects, and by calls that were cancelled or
 * left before their end. <b>Success</b> is the answer's end.
 *
 * <p>A <b>429</b> does not count; when it says for how long, the provider is left alone for that time, an hour at most, by
 * the owner of the key that was used: a tenant with a key of its own, or all calls with the gateway's.
 *
 * <p>Thread safe. A target that has never failed costs one look into a map and is not remembered.
 */
public final class Breakers implements AttemptInterceptor, TargetHealth {

    private static final int MOST_PROVIDERS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The owner of the gateway's own keys; tenants are never empty. */
    private static final String GATEWAY = "";

    private final Function<String, CircuitPolicy> policies;
    private final long patience;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Cache<String, ProviderHealth> failed = Caffeine.newBuilder()
            .maximumSize(MOST_PROVIDERS)
            .executor(Runnable::run)
            .build();

    /**
     * Circuits that are all closed.
     *
     * @param policies the policy for a provider's id, as it is now; asked after failures only, must be quick and not throw
     * @param patience how long a target may send nothing at all before the end of the whole call's time speaks against it
     * @param ticker measures how long circuits are open
     * @param clock tells when they changed
     */
    public Breakers(Function<String, CircuitPolicy> policies, Duration patience, Ticker ticker, InstantSource clock) {
        this.policies = policies;
        this.patience = patience.toNanos();
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Circuits by the policy for each provider's id, with a patience of a minute, on the JVM's ticks. */
    public static Breakers by(Function<String, CircuitPolicy> policies) {
        return new Breakers(policies, PATIENCE, Ticker.system(), InstantSource.system());
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        Trial trial = new Trial(this, attempt, permit(attempt), ticker.read());
        try {
            return new JudgedStream(next.attempt(attempt), trial);
        } catch (RuntimeException | Error e) {
            trial.threw(e);
            throw e;
        }
    }

    /** Null for a target that has never failed. */
    private @Nullable Permit permit(Attempt attempt) {
        ProviderHealth health = failed.getIfPresent(attempt.target().provider().id());
        if (health == null) {
            return null;
        }
        TargetState.Unavailable cooling =
                cooling(health, attempt.exchange().caller(), attempt.target().provider());
        if (cooling != null) {
            throw refusal(attempt, cooling);
        }
        CircuitBreaker circuit = health.circuit(attempt.target().model());
        if (circuit == null) {
            return null;
        }
        return switch (circuit.enter(told(attempt, health))) {
            case Permit permit -> permit;
            case Admission.Refused refused -> throw refusal(attempt, ProviderHealth.unavailable(refused));
        };
    }

    private static GatewayException.Unavailable refusal(Attempt attempt, TargetState.Unavailable state) {
        return new GatewayException.Unavailable(
                attempt.target() + " is not asked now: it " + state.sentence(), state.cause(), state.retryAfter());
    }

    private static TargetState.@Nullable Unavailable cooling(ProviderHealth health, Caller caller, Provider provider) {
        return health.mayBeCooling() ? health.cooling(owner(caller, provider)) : null;
    }

    private static String owner(Caller caller, Provider provider) {
        return caller.providerKeys().forProvider(provider) == null ? GATEWAY : caller.tenant();
    }

    private Consumer<CircuitTransition> told(Attempt attempt, ProviderHealth health) {
        return change -> {
            health.note(attempt.target().model(), change, clock.instant());
            attempt.exchange().listener().circuitChanged(attempt, change.from(), change.to(), change.reason());
        };
    }

    /** An attempt without a permit has failed: its target's first failure. */
    Permit permitOfFailed(Attempt attempt) {
        ProviderHealth health = health(attempt);
        return health.circuitOfFailed(attempt.target().model()).fromTheStart(told(attempt, health));
    }

    /** A provider asked to be left alone. */
    void coolDown(Attempt attempt, Duration retryAfter) {
        String owner = owner(attempt.exchange().caller(), attempt.target().provider());
        health(attempt).coolDown(owner, retryAfter);
    }

    private ProviderHealth health(Attempt attempt) {
        return failed.get(attempt.target().provider().id(), id -> new ProviderHealth(() -> policies.apply(id), ticker));
    }

    boolean wasSilent(long since) {
        return ticker.read() - since >= patience;
    }

    @Override
    public TargetState state(Caller caller, Provider provider, String model) {
        ProviderHealth health = failed.getIfPresent(provider.id());
        if (health == null) {
            return TargetState.READY;
        }
        TargetState.Unavailable cooling = cooling(health, caller, provider);
        CircuitBreaker circuit = health.circuit(model);
        Admission.Refused refused = circuit == null ? null : circuit.refusal();
        if (refused != null) {
            return ProviderHealth.unavailable(refused);
        }
        return cooling == null ? TargetState.READY : cooling;
    }

    /** The state of a model's circuit; closed for one that has never failed. */
    public CircuitState circuit(String provider, String model) {
        ProviderHealth health = failed.getIfPresent(provider);
        CircuitBreaker circuit = health == null ? null : health.circuit(model);
        return circuit == null ? CircuitState.CLOSED : circuit.state();
    }

    /** How a provider is trusted now. */
    public ProviderCircuits provider(String id) {
        ProviderHealth health = failed.getIfPresent(id);
        return health == null ? ProviderCircuits.NEVER_FAILED : health.view(GATEWAY);
    }

    /** Forgets what a provider did; for one that is taken out, since another may get its id. */
    public void forget(String provider) {
        failed.invalidate(provider);
    }
}
