package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.telemetry.ModelLabels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The meters of a gateway, in any registry.
 *
 * <pre>{@code
 * Gateway.Builder builder = Gateway.builder().provider(Providers.openAi("openai", key));
 * Gateway gateway = new Meters(registry).watch(builder).build();
 * }</pre>
 *
 * Each is made once and then found by its labels; the labels' values are bounded: provider ids come from the configuration, and of
 * models see {@link ModelLabels}. Circuits, quotas, records and the gateway's own share of the time are shown by {@link
 * CircuitMetrics}, {@link QuotaMetrics}, {@link RecordMetrics} and {@link OverheadMetrics}, for gateways that have these. Thread safe.
 */
public final class Meters {

    static final String NONE = "none";

    /** Stands for a provider where an answer was given that another call was made for. */
    static final String CACHE = "cache";

    private static final List<Duration> DURATIONS = Stream.of(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000)
            .map(Duration::ofMillis)
            .toList();

    private static final List<Duration> FIRST_TOKENS = Stream.of(50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toList();

    /** For whom a failure has no status of its own. */
    private static final int FAILED = 500;

    private record Target(String provider, String model) {}

    private final MeterRegistry registry;
    private final Prices prices;
    private final ModelLabels models;
    private final Counters requests;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final Timers durations;
    private final Timers firstTokens;
    private final TokenMeters tokens;
    private final TokenMeters estimated;
    private final Map<Target, DoubleAdder> costs = new ConcurrentHashMap<>();
    private final Counters embedded;
    private final Counters cacheHits;
    private final Counter cacheMisses;
    private final UpstreamMeters upstream;
    private final Counters found;
    private final Counters rateLimited;
    private final CircuitMeters circuits;

    /** Meters that are all at zero, where no prices are known. */
    public Meters(MeterRegistry registry) {
        this(registry, Prices.UNKNOWN);
    }

    /**
     * Meters that are all at zero.
     *
     * @param registry stays the caller's to close
     * @param prices tell the cost of calls, and which models get labels of their own
     */
    public Meters(MeterRegistry registry, Prices prices) {
        this(registry, prices, UnaryOperator.identity());
    }

    /**
     * Meters that are all at zero.
     *
     * @param registry stays the caller's to close
     * @param prices tell the cost of calls, and which models get labels of their own
     * @param clean takes secrets out of a text: names of models that have some get no label of their own
     */
    public Meters(MeterRegistry registry, Prices prices, UnaryOperator<String> clean) {
        this.registry = registry;
        this.prices = prices;
        this.models = new ModelLabels(prices, clean);
        requests = counters(
                "requests",
                "Requests by the provider and model that answered, and the status that the client got",
                "provider",
                "model",
                "status");
        durations = new Timers(
                registry, "gateway.request.duration", "Time from the request to the end of its answer", DURATIONS);
        firstTokens = new Timers(
                registry,
                "gateway.first.token",
                "Time from the request to the first content of its answer",
                FIRST_TOKENS);
        tokens = tokens("tokens", "Tokens as providers reported them, else as estimated");
        estimated = tokens("estimated.tokens", "Tokens of calls of which their providers did not report all");
        embedded = counters("embedding.tokens", "Tokens that a provider embedded for the semantic cache", "provider");
        cacheHits = counters("cache.hits", "Requests that a cache answered", "kind");
        cacheMisses = Counter.builder("gateway.cache.misses")
                .description("Requests that a cache was asked for in vain")
                .register(registry);
        upstream = new UpstreamMeters(registry);
        found = counters(
                "compliance.findings",
                "What was found in requests and answers, by what happened to it",
                "side",
                "kind",
                "action");
        rateLimited = counters("rate.limited", "Calls refused because their tenant had reached a limit", "limit");
        circuits = new CircuitMeters(registry, models);
        Gauge.builder("gateway.calls.in.progress", inProgress, AtomicInteger::get)
                .description("Calls that have begun and not ended")
                .register(registry);
    }

    /**
     * Watches all calls of the gateway that is built; failures count as status 500.
     *
     * @return the builder
     */
    public Gateway.Builder watch(Gateway.Builder gateway) {
        return watch(gateway, error -> FAILED);
    }

    /**
     * Watches all calls of the gateway that is built.
     *
     * @param statusOf the HTTP status that stands for a failure
     * @return the builder
     */
    public Gateway.Builder watch(Gateway.Builder gateway, ToIntFunction<GatewayException> statusOf) {
        return gateway.listener(new GatewayMetrics(this, statusOf))
                .listener(new HedgeMetrics(this))
                .listener(new RateLimitMetrics(this))
                .listener(new ComplianceMetrics(this))
                .listener(new ConnectionMetrics(this));
    }

    private Counters counters(String name, String description, String... labels) {
        return new Counters(registry, "gateway." + name, description, labels);
    }

    private TokenMeters tokens(String name, String description) {
        return new TokenMeters(registry, "gateway." + name, description);
    }

    /** Where meters of one matter alone are kept. */
    MeterRegistry registry() {
        return registry;
    }

    UpstreamMeters upstream() {
        return upstream;
    }

    CircuitMeters circuits() {
        return circuits;
    }

    void callBegan() {
        inProgress.incrementAndGet();
    }

    void callEnded() {
        inProgress.decrementAndGet();
    }

    /** A call that a provider's model answered, in part at least. */
    void answered(String provider, String model, int status) {
        count(provider, models.ofAnswering(provider, model), status);
    }

    /** A call that a provider's model failed: a name that nobody ever answered to gets no label of its own. */
    void failed(String provider, String model, int status) {
        count(provider, models.ofFailing(provider, model), status);
    }

    /** A request that was refused before any provider was asked. */
    public void refused(int status) {
        count(NONE, NONE, status);
    }

    /** A request that was answered without asking a provider for it. */
    void answeredFromMemory(int status) {
        count(CACHE, NONE, status);
    }

    private void count(String provider, String model, int status) {
        requests.of(provider, model, Integer.toString(status)).increment();
    }

    /** A request whose answer a cache had. */
    void cacheHit(String kind) {
        cacheHits.of(kind).increment();
    }

    /** A request whose answer no cache had, although it might have. */
    void cacheMiss() {
        cacheMisses.increment();
    }

    void duration(String provider, Duration duration) {
        durations.record(provider, duration);
    }

    /** How soon the answer of a call to a provider began. */
    void firstToken(String provider, Duration time) {
        firstTokens.record(provider, time);
    }

    /** Tokens that somebody has to pay for. */
    void charge(String provider, String model, Charge charge) {
        tokens.add(provider, charge.usage());
        if (charge.isEstimated()) {
            estimated.add(provider, charge.usage());
        }
        cost(provider, model, charge.usage());
    }

    private void cost(String provider, String model, Usage usage) {
        Double cost = prices.cost(provider, model, usage);
        if (cost != null) {
            costs.computeIfAbsent(new Target(provider, model), this::costMeter).add(cost);
        }
    }

    /** A gauge that only grows: the exposition format would append {@code _total} to a counter's name. */
    private DoubleAdder costMeter(Target key) {
        DoubleAdder sum = new DoubleAdder();
        Gauge.builder("gateway.cost.dollars", sum, DoubleAdder::sum)
                .description("Estimated cost in US dollars since the start")
                .tags("provider", key.provider, "model", key.model)
                .register(registry);
        return sum;
    }

    /** Tokens that were embedded for a cache. */
    void embedded(String provider, String model, Usage usage) {
        embedded.of(provider).increment(usage.totalInput());
        cost(provider, model, usage);
    }

    void found(Side side, String kind, ComplianceFinding.Action action) {
        found.of(word(side), kind, word(action)).increment();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void rateLimited(Limit limit) {
        rateLimited.of(limit.word()).increment();
    }
}
