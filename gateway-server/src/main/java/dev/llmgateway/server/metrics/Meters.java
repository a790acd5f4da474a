package dev.llmgateway.server.metrics;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;

/**
 * The meters of {@code /metrics}. Each is made once and then found by its labels; the labels' values are bounded: provider
 * ids come from the configuration, and of the models without a price only the first hundred are told apart, the rest is
 * {@code other}. Thread safe.
 */
public final class Meters implements AutoCloseable {

    static final String NONE = "none";

    /** Stands for a provider where an answer was given that another call was made for. */
    static final String CACHE = "cache";

    private static final String OTHER = "other";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(300)
    };

    /** Models without cards that get a label of their own, all together. */
    private static final int MOST_OTHERS = 100;

    private record FindingKey(Side side, String kind, ComplianceFinding.Action action) {}

    private record RequestKey(String provider, String model, int status) {}

    private record CircuitKey(String provider, String model, String to) {}

    private record Pair(String first, String second) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Prices prices;
    private final Set<Pair> others = ConcurrentHashMap.newKeySet();
    private final Map<RequestKey, Counter> requests = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final TokenMeters tokens =
            new TokenMeters(registry, "gateway.tokens", "Tokens as providers reported them, else as estimated");
    private final TokenMeters estimated = new TokenMeters(
            registry, "gateway.estimated.tokens", "Tokens of calls of which their providers did not report all");
    private final Map<Pair, DoubleAdder> costs = new ConcurrentHashMap<>();
    private final Map<String, Counter> embedded = new ConcurrentHashMap<>();
    private final Map<String, Counter> cacheHits = new ConcurrentHashMap<>();
    private final Counter cacheMisses = Counter.builder("gateway.cache.misses")
            .description("Requests that a cache was asked for in vain")
            .register(registry);
    private final Map<String, Counter> retries = new ConcurrentHashMap<>();
    private final Map<Pair, Counter> failovers = new ConcurrentHashMap<>();
    private final Map<String, Counter> hedges = new ConcurrentHashMap<>();
    private final TokenMeters discarded = new TokenMeters(
            registry, "gateway.hedge.discarded.tokens", "Tokens of targets that lost a race, whose answers nobody got");
    private final Map<FindingKey, Counter> found = new ConcurrentHashMap<>();
    private final Map<Limit, Counter> rateLimited = new ConcurrentHashMap<>();
    private final Set<Pair> circuits = ConcurrentHashMap.newKeySet();
    private final Map<Pair, Gauge> circuitGauges = new ConcurrentHashMap<>();
    private final Map<CircuitKey, Counter> circuitChanges = new ConcurrentHashMap<>();

    /** Meters that are all at zero. */
    public Meters(Prices prices) {
        this.prices = prices;
    }

    /** Where meters of one matter alone are kept. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A call that a provider's model answered, in part at least. */
    void answered(String provider, String model, int status) {
        count(new RequestKey(provider, isKnown(provider, model) || isNew(provider, model) ? model : OTHER, status));
    }

    /** A call that a provider's model failed: a name that nobody ever answered to gets no label of its own. */
    void failed(String provider, String model, int status) {
        count(new RequestKey(provider, isKnown(provider, model) ? model : OTHER, status));
    }

    /** A request that was refused before any provider was asked. */
    public void refused(int status) {
        count(new RequestKey(NONE, NONE, status));
    }

    /** A request that was answered without asking a provider for it. */
    void answeredFromMemory(int status) {
        count(new RequestKey(CACHE, NONE, status));
    }

    /** A request whose answer a cache had. */
    void cacheHit(String kind) {
        cacheHits.computeIfAbsent(kind, this::cacheHitCounter).increment();
    }

    private Counter cacheHitCounter(String kind) {
        return Counter.builder("gateway.cache.hits")
                .description("Requests that a cache answered")
                .tags("kind", kind)
                .register(registry);
    }

    /** A request whose answer no cache had, although it might have. */
    void cacheMiss() {
        cacheMisses.increment();
    }

    private void count(RequestKey key) {
        Counter counter = requests.get(key);
        if (counter == null) {
            counter = requests.computeIfAbsent(key, this::requestCounter);
        }
        counter.increment();
    }

    private boolean isKnown(String provider, String model) {
        return prices.cost(provider, model, Usage.ZERO) != null || others.contains(new Pair(provider, model));
    }

    private boolean isNew(String provider, String model) {
        return others.size() < MOST_OTHERS && others.add(new Pair(provider, model));
    }

    private Counter requestCounter(RequestKey key) {
        return Counter.builder("gateway.requests")
                .description("Requests by the provider and model that answered, and the status that the client got")
                .tags("provider", key.provider, "model", key.model, "status", Integer.toString(key.status))
                .register(registry);
    }

    void duration(String provider, Duration duration) {
        Timer timer = durations.get(provider);
        if (timer == null) {
            timer = durations.computeIfAbsent(provider, this::durationTimer);
        }
        timer.record(duration);
    }

    private Timer durationTimer(String provider) {
        return Timer.builder("gateway.request.duration")
                .description("Time from the request to the end of its answer")
                .serviceLevelObjectives(BUCKETS)
                .tags("provider", provider)
                .register(registry);
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
            costs.computeIfAbsent(new Pair(provider, model), this::costMeter).add(cost);
        }
    }

    /** A gauge that only grows: the exposition format would append {@code _total} to a counter's name. */
    private DoubleAdder costMeter(Pair key) {
        DoubleAdder sum = new DoubleAdder();
        Gauge.builder("gateway.cost.dollars", sum, DoubleAdder::sum)
                .description("Estimated cost in US dollars since the start")
                .tags("provider", key.first, "model", key.second)
                .register(registry);
        return sum;
    }

    /** Tokens that were embedded for a cache. */
    void embedded(String provider, String model, Usage usage) {
        embedded.computeIfAbsent(provider, this::embeddedCounter).increment(usage.totalInput());
        cost(provider, model, usage);
    }

    private Counter embeddedCounter(String provider) {
        return Counter.builder("gateway.embedding.tokens")
                .description("Tokens that a provider embedded for the semantic cache")
                .tags("provider", provider)
                .register(registry);
    }

    void failover(String source, String target) {
        failovers
                .computeIfAbsent(
                        new Pair(source, target),
                        key -> Counter.builder("gateway.failovers")
                                .description("Calls that went on to another provider after one failed")
                                .tags("source", source, "target", target)
                                .register(registry))
                .increment();
    }

    void retry(String provider) {
        retries.computeIfAbsent(
                        provider,
                        id -> Counter.builder("gateway.retries")
                                .description("Tries of a provider's model that failed and were repeated there")
                                .tags("provider", id)
                                .register(registry))
                .increment();
    }

    /** A call whose two first targets raced; the outcome is the second's. */
    void hedge(String outcome) {
        hedges.computeIfAbsent(
                        outcome,
                        key -> Counter.builder("gateway.hedges")
                                .description("Second requests to another target because the first was slow")
                                .tags("outcome", outcome)
                                .register(registry))
                .increment();
    }

    /** What a target that lost a race had cost. */
    void discarded(String provider, Usage usage) {
        discarded.add(provider, usage);
    }

    void found(Side side, String kind, ComplianceFinding.Action action) {
        found.computeIfAbsent(
                        new FindingKey(side, kind, action),
                        key -> Counter.builder("gateway.compliance.findings")
                                .description("What was found in requests and answers, by what happened to it")
                                .tags("side", word(side), "kind", kind, "action", word(action))
                                .register(registry))
                .increment();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void rateLimited(Limit limit) {
        rateLimited
                .computeIfAbsent(
                        limit,
                        key -> Counter.builder("gateway.rate.limited")
                                .description("Calls refused because their tenant had reached a limit")
                                .tags("limit", key.word())
                                .register(registry))
                .increment();
    }

    /**
     * A circuit has changed. A name that never opened a circuit before, nor has a card or an answer, may get no label of its
     * own, and then no gauge.
     *
     * @param state what the gauge shows from now on
     */
    void circuitChanged(String provider, String model, String to, Supplier<Number> state) {
        Pair target = new Pair(provider, model);
        boolean isNamed = isKnown(provider, model)
                || circuits.contains(target)
                || (circuits.size() < MOST_OTHERS && circuits.add(target));
        if (isNamed) {
            circuitGauge(target, state);
        }
        circuitChanges
                .computeIfAbsent(new CircuitKey(provider, isNamed ? model : OTHER, to), this::circuitCounter)
                .increment();
    }

    private void circuitGauge(Pair target, Supplier<Number> state) {
        circuitGauges.computeIfAbsent(
                target,
                key -> Gauge.builder("gateway.circuit.state", state)
                        .description("How a model that has failed is trusted: 0 closed, 1 half open, 2 open")
                        .tags("provider", key.first, "model", key.second)
                        .register(registry));
    }

    private Counter circuitCounter(CircuitKey key) {
        return Counter.builder("gateway.circuit.transitions")
                .description("Changes of circuits, by the state that they changed to")
                .tags("provider", key.provider, "model", key.model, "to", key.to)
                .register(registry);
    }

    /** Everything in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
