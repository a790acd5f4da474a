package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.AttemptInterceptor;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.resilience.quota.MinuteUse.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls away from a provider before it refuses them: from a part of its quota on others are asked first, and once it
 * is used up it is not asked until some of it is free again. The quota is what is configured, and what the provider itself
 * says in the headers of its answers, which is heeded for providers without a configured quota too.
 *
 * <p>It is three things in one: for {@link dev.llmgateway.api.AttemptStage#QUOTA} it counts and refuses attempts, as a
 * listener it learns from the providers' headers, and as {@link TargetHealth} it tells a router whom to leave out.
 *
 * <pre>{@code
 * var quotas = new ProviderQuotas(id -> id.equals("openai") ? new ProviderQuota(500, 2_000_000) : null, 0.9);
 * Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .attemptStage(AttemptStage.QUOTA, quotas)
 *         .listener(quotas)
 *         .router(ModelRouter.builder(catalog).health(quotas).build())
 * }</pre>
 *
 * <p>Exact: in no minute, wherever it begins, are more attempts let in than the quota has requests, retries and hedges
 * included. Before an attempt the estimated tokens of its prompt and the output to be expected are set aside; after it, what
 * the provider reported takes their place, and where it reported nothing they stay. An attempt with a tenant's own key at
 * the provider neither uses nor heeds the configured quota; what the provider says of that key is kept apart.
 *
 * <p>Thread safe; providers do not wait for each other.
 */
public final class ProviderQuotas implements AttemptInterceptor, GatewayListener, TargetHealth {

    /** Beyond so many providers those that were not asked lately are forgotten. */
    private static final int MANY = 1_000;

    private final Function<String, @Nullable ProviderQuota> quotas;
    private final double threshold;
    private final Ticker ticker;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * Quotas on the JVM's ticks.
     *
     * @param quotas the quota of a provider by its id, as it is now, or null for none; is asked for every attempt, so it
     *     must be quick
     * @param threshold the part of a quota, 0 to 1, from which a provider goes behind the others
     * @throws IllegalArgumentException when the threshold is outside 0 to 1
     */
    public ProviderQuotas(Function<String, @Nullable ProviderQuota> quotas, double threshold) {
        this(quotas, threshold, Ticker.system());
    }

    /** The same on other ticks, which are the gateway's. */
    public ProviderQuotas(Function<String, @Nullable ProviderQuota> quotas, double threshold, Ticker ticker) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold is " + threshold + ": it must be from 0 to 1");
        }
        this.quotas = quotas;
        this.threshold = threshold;
        this.ticker = ticker;
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        Exchange exchange = attempt.exchange();
        Provider provider = attempt.target().provider();
        Account account = account(provider.id());
        String owner = Account.owner(exchange.caller(), provider);
        if (account.reported().state(owner, attempt.target().model()) instanceof Unavailable now) {
            throw refusal(provider, now);
        }
        ProviderQuota quota = owner == null ? quotas.apply(provider.id()) : null;
        if (quota == null) {
            if (owner == null) {
                account.end();
            }
            return next.attempt(attempt);
        }
        return counted(attempt, next, account.use(quota), quota);
    }

    private ChatStream counted(Attempt attempt, AttemptHandler next, MinuteUse use, ProviderQuota quota) {
        PromptEstimate known = attempt.exchange().prompt();
        PromptEstimate prompt =
                known == null ? PromptEstimate.of(attempt.exchange().request()) : known;
        long wanted = prompt.tokens() + expectedOutput(attempt.exchange());
        Reservation reservation = use.tryAdd(quota, wanted);
        if (reservation == null) {
            throw refusal(attempt.target().provider(), use.refusal(wanted));
        }
        try {
            ChatStream stream = next.attempt(attempt);
            return new OutcomeChatStream(
                    stream, ticker, reservation.at(), outcome -> use.settle(reservation, used(outcome, reservation)));
        } catch (RuntimeException | Error e) {
            use.settle(reservation, wasRead(e) ? Math.min(prompt.tokens(), reservation.tokens()) : 0);
            throw e;
        }
    }

    @Override
    public void providerLimits(Attempt attempt, RateLimits left) {
        Provider provider = attempt.target().provider();
        String owner = Account.owner(attempt.exchange().caller(), provider);
        account(provider.id()).reported().learn(owner, attempt.target().model(), left);
    }

    @Override
    public TargetState state(Caller caller, Provider provider, String model) {
        Account account = accounts.get(provider.id());
        return account == null ? TargetState.READY : account.state(caller, provider, model);
    }

    /** How much of a provider's quota is used now, by its id. */
    public QuotaUse use(String provider) {
        ProviderQuota quota = quotas.apply(provider);
        Account account = accounts.get(provider);
        MinuteUse use = account == null ? null : account.use();
        List<QuotaUse.Reported> reported =
                account == null ? List.of() : account.reported().ofGatewayKey();
        if (quota == null) {
            return new QuotaUse(null, reported);
        }
        return new QuotaUse(use == null ? unused(quota) : use.left(), reported);
    }

    /** Forgets what was asked of a provider, and what it said, because it was taken out or is another one now. */
    public void forget(String provider) {
        accounts.remove(provider);
    }

    private Account account(String provider) {
        Account known = accounts.get(provider);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= MANY) {
            accounts.values().removeIf(Account::isIdle);
        }
        return accounts.computeIfAbsent(provider, id -> new Account(threshold, ticker));
    }

    /** Callers ask for far more than they get, so a larger limit of theirs is not believed. */
    private static long expectedOutput(Exchange exchange) {
        Integer most = exchange.request().maxOutputTokens();
        return most == null ? Requirements.USUAL_OUTPUT_TOKENS : Math.min(most, Requirements.USUAL_OUTPUT_TOKENS);
    }

    /** Usage that was told before the end knows the prompt, but not all that came later. */
    private static long used(Outcome outcome, Reservation reservation) {
        Usage told = outcome.answer().usage();
        if (told == null) {
            return reservation.tokens();
        }
        return outcome instanceof Outcome.Completed ? told.total() : Math.max(told.total(), reservation.tokens());
    }

    /** Whether a provider that did not answer may have worked on the prompt. */
    private static boolean wasRead(Throwable failure) {
        return switch (failure) {
            case ProviderFailed failed ->
                switch (failed.phase()) {
                    case CONNECT, STATUS -> false;
                    case NO_ANSWER, MALFORMED, BROKEN_OFF, REPORTED -> true;
                };
            case GatewayException.TimedOut ignored -> true;
            case GatewayException.Cancelled ignored -> true;
            case GatewayException.Stopping ignored -> true;
            default -> false;
        };
    }

    private static GatewayException refusal(Provider provider, Unavailable now) {
        long seconds = Math.max(1, now.retryAfter().plusNanos(999_999_999).toSeconds());
        return new GatewayException.Unavailable(
                "provider \"" + provider.id() + "\" " + now.sentence() + "; try again in " + seconds + " s",
                now.cause(),
                now.retryAfter());
    }

    private static RateLimits unused(ProviderQuota quota) {
        return new RateLimits(
                QuotaUse.window(quota.rpm(), 0, Duration.ZERO), QuotaUse.window(quota.tpm(), 0, Duration.ZERO));
    }
}
