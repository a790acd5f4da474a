package dev.llmgateway.api;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.Clearances;
import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.embeddings.EmbeddingRequest;
import dev.llmgateway.ir.embeddings.EmbeddingResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway: one way to call every model.
 *
 * <pre>{@code
 * try (Gateway gateway = Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .build()) {
 *     ChatResponse answer = gateway.chat(ChatRequest.builder("gpt-4o").user("Hello!").build());
 *     System.out.println(answer.text());
 * }
 * }</pre>
 *
 * Thread safe. Calls block; run them on virtual threads to have many at once.
 */
public final class Gateway implements AutoCloseable {

    /** Longer limits are as good as none; ticks cannot count for ever. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Handler pipeline;
    private final List<Interceptor> interceptors;
    private final ClassificationGuard guard;
    private final Router router;
    private final List<Provider> providers;
    private final SafeListener listener;
    private final Duration timeout;
    private final Ticker ticker;

    private Gateway(Builder from) {
        providers = List.copyOf(from.providers);
        listener = new SafeListener(from.listeners).and(from.hedging);
        timeout = from.timeout;
        ticker = from.ticker;
        router = from.router == null ? new NameRouter(providers) : from.router;
        Map<AttemptStage, AttemptInterceptor> attemptStages = new EnumMap<>(AttemptStage.class);
        attemptStages.put(AttemptStage.TIMEOUTS, new CallDeadline(ticker));
        attemptStages.putAll(from.attemptStages);
        interceptors = Pipeline.inOrder(from.stages);
        guard = new ClassificationGuard(from.clearances, from.maxClassification);
        pipeline = new Pipeline(from.stages, attemptStages, router, from.hedging, guard, ticker);
    }

    /** Starts a gateway. At least one provider is needed. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks and waits for the complete answer.
     *
     * @throws GatewayException when there is none
     */
    public ChatResponse chat(ChatRequest request) {
        return chat(request, CallOptions.defaults());
    }

    /**
     * Asks and waits for the complete answer.
     *
     * @throws GatewayException when there is none
     */
    public ChatResponse chat(ChatRequest request, CallOptions options) {
        return open(request.withStream(false), options).collect();
    }

    /**
     * Asks and reads the answer as it comes. Returns when the first content has arrived.
     *
     * @throws GatewayException when there will be no answer
     */
    public ChatStream stream(ChatRequest request) {
        return stream(request, CallOptions.defaults());
    }

    /**
     * Asks and reads the answer as it comes. Returns when the first content has arrived.
     *
     * @throws GatewayException when there will be no answer
     */
    public ChatStream stream(ChatRequest request, CallOptions options) {
        return open(request.withStream(true), options);
    }

    /**
     * Has texts embedded. The vectors come in their order, from the named model alone: when it fails, it is asked at its other
     * providers, but no other model is.
     *
     * <pre>{@code
     * EmbeddingResponse answer = gateway.embed(EmbeddingRequest.of("text-embedding-3-small", "Hello!"));
     * float[] vector = answer.first().toArray();
     * }</pre>
     *
     * @throws GatewayException when there are no vectors
     */
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return embed(request, CallOptions.defaults());
    }

    /**
     * Has texts embedded, as by {@link #embed(EmbeddingRequest)}.
     *
     * @throws GatewayException when there are no vectors
     */
    public EmbeddingResponse embed(EmbeddingRequest request, CallOptions options) {
        return EmbeddingResponse.of(chat(request.toCall(), options));
    }

    /** Decides who would be asked, and says why, without asking anybody. A refusal is a decision too, and is returned. */
    public RoutingDecision route(ChatRequest request) {
        return route(request, CallOptions.defaults());
    }

    /**
     * Decides who would be asked, and says why, without asking anybody. A refusal is a decision too, and is returned.
     *
     * @throws GatewayException when the call would not come as far as the choice of a model
     */
    public RoutingDecision route(ChatRequest request, CallOptions options) {
        Exchange exchange = exchange(request, options);
        for (Interceptor interceptor : interceptors) {
            exchange = interceptor.preview(exchange);
        }
        RoutingDecision decision = guard.judged(router.preview(exchange), exchange);
        return options.failover() ? decision : decision.withoutFailover();
    }

    /** The providers in the order they were added. */
    public List<Provider> providers() {
        return providers;
    }

    /** Closes the providers. Calls that still run fail. */
    @Override
    public void close() {
        providers.forEach(Provider::close);
    }

    private ChatStream open(ChatRequest request, CallOptions options) {
        Cancellation callers = options.cancellation();
        Cancellation own = new Cancellation();
        Runnable link = () -> own.cancel(callers.reasonOr(new GatewayException.Cancelled("the call was cancelled")));
        callers.onCancel(link);
        Exchange exchange = exchange(request, options.withCancellation(own));
        exchange.listener().callStarted(exchange);
        return begin(exchange, outcome -> {
            callers.forget(link);
            exchange.listener().callEnded(exchange, outcome);
        });
    }

    private Exchange exchange(ChatRequest request, CallOptions options) {
        long now = ticker.read();
        Duration limit = options.timeout() == null ? timeout : options.timeout();
        String id = options.requestId() == null ? newRequestId() : options.requestId();
        long deadline = now + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
        return new Exchange(id, request, options, listener.and(options.listener()), null, null, now, deadline);
    }

    private ChatStream begin(Exchange exchange, Consumer<Outcome> whenOver) {
        try {
            return new OutcomeChatStream(pipeline.handle(exchange), ticker, exchange, whenOver);
        } catch (RuntimeException | Error e) {
            GatewayException error = GatewayException.of(e);
            AnswerSummary nothing = AnswerSummary.nothing(Duration.ofNanos(ticker.read() - exchange.startedAt()));
            whenOver.accept(new Outcome.Failed(nothing, error));
            throw error;
        }
    }

    private static String newRequestId() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }

    /** Collects the parts of a {@link Gateway}. Not thread safe. */
    public static final class Builder {
        private final List<Provider> providers = new ArrayList<>();
        private final Map<Stage, List<Interceptor>> stages = new EnumMap<>(Stage.class);
        private final Map<AttemptStage, AttemptInterceptor> attemptStages = new EnumMap<>(AttemptStage.class);
        private final List<GatewayListener> listeners = new ArrayList<>();
        private @Nullable Router router;
        private Clearances clearances = Clearances.USUAL;
        private @Nullable DataClassification maxClassification;
        private @Nullable HedgePolicy hedging;
        private Duration timeout = Duration.ofMinutes(5);
        private Ticker ticker = Ticker.system();

        private Builder() {}

        /**
         * Adds an upstream. The order is the order of fallback, unless a router decides otherwise. The gateway closes it.
         *
         * @throws IllegalArgumentException when there is one of that id already
         */
        public Builder provider(Provider provider) {
            if (providers.stream().anyMatch(known -> known.id().equals(provider.id()))) {
                throw new IllegalArgumentException("there is a provider \"" + provider.id() + "\" already");
            }
            providers.add(provider);
            return this;
        }

        /** Decides who is asked; without one, model names are sent to the providers in order. */
        public Builder router(Router decides) {
            this.router = decides;
            return this;
        }

        /**
         * What each target may see. It is asked before every call of a provider, so that no router can send data where it may
         * not go; unless set, every target may see public and internal data ({@link Clearances#USUAL}), which is enough for
         * calls that name no level.
         */
        public Builder clearances(Clearances known) {
            this.clearances = known;
            return this;
        }

        /** The highest level of data that is accepted at all, whatever the router says; null, as unless set, for any. */
        public Builder maxClassification(@Nullable DataClassification highest) {
            this.maxClassification = highest;
            return this;
        }

        /** Adds an interceptor of the application's own, inside those added before it. */
        public Builder interceptor(Interceptor interceptor) {
            stages.computeIfAbsent(Stage.USER, s -> new ArrayList<>()).add(interceptor);
            return this;
        }

        /**
         * Fills a place around the call; of several in {@link Stage#TRANSCRIPT} the first is outermost.
         *
         * @throws IllegalArgumentException when it is filled already, or is {@link Stage#USER}
         */
        public Builder stage(Stage stage, Interceptor interceptor) {
            if (stage == Stage.USER) {
                throw new IllegalArgumentException("use interceptor(...) for the application's own interceptors");
            }
            List<Interceptor> place = stages.computeIfAbsent(stage, s -> new ArrayList<>());
            if (stage != Stage.TRANSCRIPT && !place.isEmpty()) {
                throw new IllegalArgumentException("the stage " + stage + " is filled already");
            }
            place.add(interceptor);
            return this;
        }

        /**
         * Fills a place around each attempt.
         *
         * @throws IllegalArgumentException when it is filled already
         */
        public Builder attemptStage(AttemptStage stage, AttemptInterceptor interceptor) {
            if (attemptStages.putIfAbsent(stage, interceptor) != null) {
                throw new IllegalArgumentException("the stage " + stage + " is filled already");
            }
            return this;
        }

        /**
         * Asks a second target when the first is slow, as often as the policy allows; without one, targets are asked one after
         * the other. The policy is told of all calls and need not be added as a listener.
         *
         * @throws IllegalArgumentException when there is a policy already
         */
        public Builder hedging(HedgePolicy policy) {
            if (hedging != null) {
                throw new IllegalArgumentException("there is a hedge policy already");
            }
            this.hedging = policy;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(GatewayListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The time limit of a call that names none; 5 minutes unless set.
         *
         * @throws IllegalArgumentException when not longer than zero
         */
        public Builder timeout(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("timeout is " + limit + ": it must be longer than zero");
            }
            this.timeout = limit;
            return this;
        }

        /** Where elapsed time comes from; for tests. */
        public Builder ticker(Ticker source) {
            this.ticker = source;
            return this;
        }

        /**
         * Builds the gateway. The builder may be used again.
         *
         * @throws IllegalStateException when no provider was added
         */
        public Gateway build() {
            if (providers.isEmpty() && router == null) {
                throw new IllegalStateException("a gateway needs at least one provider: add it with provider(...)");
            }
            return new Gateway(this);
        }
    }
}
