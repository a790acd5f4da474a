package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.RateLimited;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.util.function.Function;

/**
 * Limits what each tenant may ask for; for {@link dev.llmgateway.api.Stage#LIMITS}.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.LIMITS, TenantLimits.of(new Limits(60, 100_000, 10_000, 10)))
 *         .build();
 * gateway.chat(request, CallOptions.builder().caller(Caller.tenant("team-alpha")).build());
 * }</pre>
 *
 * <p>Exact: in no minute, wherever it begins, more requests or tokens are let in than the limit, and in no day more
 * requests. In return what was used counts for up to a second more than a minute, and up to ten minutes more than a day.
 *
 * <p>Before a call its tokens are set aside: the estimated prompt and the output that it asks for, or
 * {@value Requirements#USUAL_OUTPUT_TOKENS} when it names none, but never more than the limit, so that a call with a generous
 * {@code max_tokens} waits for a free minute and not for ever. After it what was really used takes their place. A prompt that
 * is larger than the limit alone is refused as too large, because no waiting would help.
 *
 * <p>Thread safe. Tenants do not wait for each other. Memory is bounded: beyond the largest number of tenants that are told
 * apart, newcomers share one count, until others have been silent for a day.
 */
public final class TenantLimits implements Interceptor {

    /** As many tenants are told apart unless another number is given. */
    public static final int USUAL_MOST_TENANTS = 10_000;

    private final Function<String, Limits> byTenant;
    private final TenantTable tenants;
    private final Ticker ticker;

    private TenantLimits(Function<String, Limits> byTenant, int mostTenants, Ticker ticker) {
        this.byTenant = byTenant;
        this.tenants = new TenantTable(mostTenants, ticker);
        this.ticker = ticker;
    }

    /** The same limits for every tenant. */
    public static TenantLimits of(Limits limits) {
        return of(tenant -> limits);
    }

    /**
     * Limits by tenant.
     *
     * @param byTenant is asked for every call, so it must be quick; other limits than before hold from then on
     */
    public static TenantLimits of(Function<String, Limits> byTenant) {
        return of(byTenant, USUAL_MOST_TENANTS, Ticker.system());
    }

    /**
     * Limits by tenant.
     *
     * @param mostTenants how many are told apart, at least 1; each takes about a kilobyte, five when it is never silent
     * @param ticker where elapsed time comes from
     * @throws IllegalArgumentException when the number of tenants is below 1
     */
    public static TenantLimits of(Function<String, Limits> byTenant, int mostTenants, Ticker ticker) {
        if (mostTenants < 1) {
            throw new IllegalArgumentException("the number of tenants is " + mostTenants + ": at least 1");
        }
        return new TenantLimits(byTenant, mostTenants, ticker);
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        PromptEstimate prompt = exchange.prompt() == null ? PromptEstimate.of(exchange.request()) : exchange.prompt();
        String tenant = exchange.caller().tenant();
        Admission admission =
                tenants.admit(tenant, byTenant.apply(tenant), prompt.tokens(), output(exchange.request()));
        exchange.listener().limited(exchange, admission.left());
        return switch (admission) {
            case Admission.TooLarge never -> throw tooLarge(never);
            case Admission.Refused refused -> throw refusal(tenant, refused);
            case Admission.Admitted admitted ->
                answer(exchange.withPrompt(prompt), next, new Settlement(admitted, prompt.tokens()));
        };
    }

    private ChatStream answer(Exchange exchange, Handler next, Settlement settlement) {
        try {
            return new OutcomeChatStream(next.handle(exchange), ticker, exchange, settlement::settle);
        } catch (RuntimeException | Error e) {
            settlement.neverBegan(e);
            throw e;
        }
    }

    private static long output(ChatRequest request) {
        Integer most = request.maxOutputTokens();
        return most == null ? Requirements.USUAL_OUTPUT_TOKENS : most;
    }

    private static GatewayException tooLarge(Admission.TooLarge never) {
        return new GatewayException.TooLarge(
                "the prompt has about " + never.tokens() + " tokens, which is more than the " + never.most()
                        + " that this tenant may use in a whole minute (tpm): a later try will not help,"
                        + " a shorter prompt or a higher limit will",
                0);
    }

    private static RateLimited refusal(String tenant, Admission.Refused refused) {
        String what = switch (refused.limit()) {
            case REQUESTS_PER_MINUTE -> " requests per minute (rpm)";
            case TOKENS_PER_MINUTE -> " tokens per minute (tpm)";
            case REQUESTS_PER_DAY -> " requests per day (rpd)";
            case CONCURRENT_REQUESTS -> " requests at a time (concurrent)";
        };
        long seconds = Math.max(1, Math.ceilDiv(refused.pause().toMillis(), 1000L));
        return new RateLimited(
                "the limit of " + refused.most() + what + " of tenant \"" + tenant + "\" is reached; try again in "
                        + seconds + " s",
                refused.limit(),
                refused.pause());
    }

    /** How many tenants are told apart now. */
    int knownTenants() {
        return tenants.size();
    }
}
