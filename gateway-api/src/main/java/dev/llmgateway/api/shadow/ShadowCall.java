package dev.llmgateway.api.shadow;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.records.ErrorTypes;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The copy of one answered call. */
final class ShadowCall {

    /** What all copies have in common. */
    record Bench(Gateway candidates, String model, Prices prices, InstantSource clock, Cancellation stop) {}

    private final Bench bench;
    private final String requestId;
    private final ChatRequest request;
    private final RoutingOptions routing;
    private final CallOptions original;
    private final Said primarySaid;
    private final AnswerSummary primary;
    private final Instant at;

    ShadowCall(Bench bench, Exchange exchange, Said said, AnswerSummary answer) {
        this.bench = bench;
        this.requestId = exchange.id();
        this.request = exchange.request().withModel(bench.model());
        this.original = exchange.options();
        RoutingOptions asked = exchange.options().routing();
        this.routing =
                RoutingOptions.defaults().withProfile(asked.profile()).withClassification(asked.classification());
        this.primarySaid = said;
        this.primary = answer;
        this.at = bench.clock().instant();
    }

    /** Is told how the copy ended, and writes it down. */
    private static final class Ending implements GatewayListener {

        private volatile @Nullable Outcome outcome;

        @Override
        public void callEnded(Exchange exchange, Outcome ended) {
            outcome = ended;
        }
    }

    /** Asks the candidate; null when it was not asked, or was stopped. Never throws. */
    @Nullable
    ShadowResult result() {
        try {
            Candidate candidate = candidate();
            return candidate == null || answeredBy(candidate) ? null : compare(candidate);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Who would be asked; null when nobody may be, or the candidate cannot be asked now. */
    private @Nullable Candidate candidate() {
        RoutingDecision decision = bench.candidates().route(request, options(GatewayListener.NOBODY));
        if (decision.chain().isEmpty() || decision.chain().getFirst().why() == ChainStep.Why.STAND_IN) {
            return null;
        }
        return decision.chain().getFirst().candidate();
    }

    private boolean answeredBy(Candidate candidate) {
        Origin origin = primary.origin();
        return origin != null
                && origin.provider().equals(candidate.provider())
                && origin.model().equals(candidate.model());
    }

    /** The operator's keys and none of the caller's: the caller did not ask for this. */
    private CallOptions options(GatewayListener listener) {
        return CallOptions.builder()
                .requestId(requestId + "-shadow")
                .failover(false)
                .routing(routing)
                .providerHeaders(original.providerHeaders())
                .cancellation(bench.stop())
                .listener(listener)
                .build();
    }

    private @Nullable ShadowResult compare(Candidate candidate) {
        Ending ending = new Ending();
        Said said = new Said();
        GatewayException error = ask(options(ending), said);
        if (error != null && !isCandidatesOwn(error)) {
            return null;
        }
        Outcome outcome = ending.outcome;
        AnswerSummary answer = outcome == null ? null : outcome.answer();
        return new ShadowResult(
                requestId,
                at,
                side(primary, null),
                side(answer, candidate),
                error == null ? null : ErrorTypes.of(error),
                error == null ? Double.valueOf(Agreement.of(primarySaid, said)) : null);
    }

    /** Whole or as a stream, as the caller did, so that times can be compared. */
    private @Nullable GatewayException ask(CallOptions options, Said said) {
        try {
            if (request.stream()) {
                try (ChatStream stream = bench.candidates().stream(request, options)) {
                    for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                        said.note(event);
                    }
                }
            } else {
                ResponseUnfolder.unfold(bench.candidates().chat(request, options))
                        .forEach(said::note);
            }
            return null;
        } catch (RuntimeException e) {
            return GatewayException.of(e);
        }
    }

    /** Whether it failed, rather than was not asked. */
    private static boolean isCandidatesOwn(GatewayException error) {
        return switch (error) {
            case GatewayException.ProviderFailed ignored -> true;
            case GatewayException.TimedOut ignored -> true;
            case GatewayException.Internal ignored -> true;
            case GatewayException.InvalidRequest ignored -> false;
            case GatewayException.Unauthenticated ignored -> false;
            case GatewayException.Forbidden ignored -> false;
            case GatewayException.ModelNotFound ignored -> false;
            case GatewayException.TooLarge ignored -> false;
            case GatewayException.IdempotencyKeyReused ignored -> false;
            case GatewayException.RateLimited ignored -> false;
            case GatewayException.BudgetExceeded ignored -> false;
            case GatewayException.BlockedByCompliance ignored -> false;
            case GatewayException.Unavailable ignored -> false;
            case GatewayException.Stopping ignored -> false;
            case GatewayException.Cancelled ignored -> false;
        };
    }

    private Side side(@Nullable AnswerSummary answer, @Nullable Candidate asked) {
        Origin origin = answer == null ? null : answer.origin();
        String provider = asked != null ? asked.provider() : origin == null ? "" : origin.provider();
        String model = asked != null ? asked.model() : origin == null ? "" : origin.model();
        Charge charge = answer == null ? null : answer.charge();
        Usage usage = charge == null ? Usage.ZERO : charge.usage();
        return new Side(
                provider,
                model,
                answer == null ? Duration.ZERO : answer.duration(),
                answer == null ? null : answer.firstContent(),
                usage.input() + usage.cacheRead() + usage.cacheWrite5m() + usage.cacheWrite1h(),
                usage.output(),
                bench.prices().cost(provider, model, usage));
    }
}
