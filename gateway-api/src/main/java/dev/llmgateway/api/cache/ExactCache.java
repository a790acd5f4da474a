package dev.llmgateway.api.cache;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.CacheUse;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.Ending;
import dev.llmgateway.api.replay.RecordedAnswer;
import dev.llmgateway.api.replay.SharedAnswer;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that was answered before, from memory: as a stream or whole, in any dialect. Equal requests that come
 * while the first is under way share its call.
 *
 * <pre>{@code
 * Gateway gateway = Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT))
 *         .build();
 * }</pre>
 *
 * <p>Only requests for vectors and those with a temperature up to the threshold are looked up and kept. Requests are equal when they ask the same
 * model the same, whatever name they call it by; those of different tenants and classifications never are. Kept are complete
 * answers of the model that was asked for which no filter has touched. Thread safe.
 */
public final class ExactCache implements Interceptor, AnswerCache {

    /** No answer may take more than this part of the memory. */
    private static final int LARGEST_PART = 8;

    /** Calls that may share: those that could also be answered by the same targets. */
    private record Flight(RequestFingerprint request, boolean mayFailOver) {}

    /**
     * What a call is looked up and kept by.
     *
     * @param named what its model's name stands for; empty for a free choice
     * @param similar the second look; null when there is none
     */
    private record Key(Flight flight, List<String> named, SemanticCache.@Nullable Look similar) {}

    private final CacheSettings settings;
    private final Function<Exchange, @Nullable List<String>> named;
    private final Ticker ticker;
    private final @Nullable SemanticCache similar;
    private final AnswerStore store;
    private final Map<Flight, SharedAnswer> underWay = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private ExactCache(
            CacheSettings settings,
            Function<Exchange, @Nullable List<String>> named,
            Ticker ticker,
            @Nullable SemanticCache similar) {
        this.settings = settings;
        this.named = named;
        this.ticker = ticker;
        this.similar = similar;
        this.store = new AnswerStore(settings, ticker);
    }

    /** An empty cache for a gateway that takes models' names as they are written. */
    public static ExactCache of(CacheSettings settings) {
        return new ExactCache(settings, exchange -> List.of(), Ticker.system(), null);
    }

    /**
     * An empty cache.
     *
     * @param router the gateway's, which knows which names mean the same model
     * @param ticker the gateway's, by which calls run out of time and answers grow old
     */
    public static ExactCache of(CacheSettings settings, Router router, Ticker ticker) {
        return new ExactCache(settings, router::named, ticker, null);
    }

    /** An empty cache like this one that asks another by the meaning of a request when it does not know the request itself. */
    public ExactCache thenSimilar(SemanticCache second) {
        return new ExactCache(settings, named, ticker, second);
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        CacheUse use = exchange.options().cacheUse();
        Key key = use == CacheUse.NO_STORE || !isRepeatable(exchange) ? null : key(exchange);
        if (key == null) {
            return next.handle(exchange);
        }
        return use == CacheUse.NORMAL ? answer(exchange, key, next) : askAnew(exchange, key, next);
    }

    /** Vectors are the same each time; answers are only when nothing in them is left to chance. */
    private boolean isRepeatable(Exchange exchange) {
        if (exchange.request().asksForVectors()) {
            return true;
        }
        Double temperature = exchange.request().sampling().temperature();
        return temperature != null && temperature <= settings.temperatureThreshold();
    }

    private @Nullable Key key(Exchange exchange) {
        List<String> models = named.apply(exchange);
        if (models == null) {
            return null;
        }
        RequestFingerprint request =
                exchange.fingerprint() == null ? RequestFingerprint.of(exchange.request()) : exchange.fingerprint();
        return new Key(
                new Flight(
                        request.within(CacheScope.of(exchange, models)),
                        exchange.options().failover()),
                models,
                similar == null ? null : similar.look(models));
    }

    /** Somebody else's call may be joined only while it is under way, so a look into the store follows each miss of both. */
    private ChatStream answer(Exchange exchange, Key key, Handler next) {
        while (true) {
            RecordedAnswer known = store.find(key.flight.request);
            if (known != null) {
                return hit(exchange, key, known.replay());
            }
            SharedAnswer own = sharedAnswer(key);
            SharedAnswer first = underWay.putIfAbsent(key.flight, own);
            if (first == null) {
                known = store.find(key.flight.request);
                if (known != null) {
                    underWay.remove(key.flight, own);
                    return hit(exchange, key, known.replay());
                }
                return lead(exchange, key, own, next);
            }
            ChatStream joined = first.join(exchange);
            if (joined != null) {
                return hit(exchange, key, joined);
            }
            underWay.remove(key.flight, first);
        }
    }

    private ChatStream askAnew(Exchange exchange, Key key, Handler next) {
        return lead(exchange, key, new SharedAnswer(ticker, mostBytes(), ending -> keep(key, ending)), next);
    }

    private SharedAnswer sharedAnswer(Key key) {
        SharedAnswer[] self = new SharedAnswer[1];
        self[0] = new SharedAnswer(ticker, mostBytes(), ending -> {
            keep(key, ending);
            underWay.remove(key.flight, self[0]);
        });
        return self[0];
    }

    private long mostBytes() {
        return Math.max(1, settings.maxBytes() / LARGEST_PART);
    }

    private ChatStream lead(Exchange exchange, Key key, SharedAnswer own, Handler next) {
        misses.increment();
        SemanticCache.Look look = key.similar;
        if (look != null) {
            return own.lead(exchange, asked -> look.answer(asked, next));
        }
        exchange.listener().cacheAsked(exchange, CacheLookup.MISS);
        return own.lead(exchange, next);
    }

    private ChatStream hit(Exchange exchange, Key key, ChatStream answer) {
        hits.increment();
        exchange.listener().cacheAsked(exchange, CacheLookup.hit(key.flight.request.shortId()));
        return answer;
    }

    private void keep(Key key, Ending ending) {
        switch (ending) {
            case Ending.Complete complete -> {
                if (isGood(complete.answer(), key.named)) {
                    RecordedAnswer answer = complete.answer().compact();
                    store.keep(key.flight.request, answer);
                    if (key.similar != null) {
                        key.similar.keep(key.flight.request.shortId(), answer);
                    }
                }
            }
            case Ending.Failed ignored -> {}
            case Ending.LetGo ignored -> {}
        }
    }

    /**
     * The answer to a similar request is not the request's own, a stand-in's would outlast the failure for which it stood in,
     * and one that a filter ended may do better.
     */
    private static boolean isGood(RecordedAnswer answer, List<String> named) {
        boolean isFinished = false;
        for (ChatEvent event : answer.events()) {
            if (event instanceof ChatEvent.Started start && !isOwn(start.origin(), named)) {
                return false;
            }
            if (event instanceof ChatEvent.Finished finish) {
                isFinished = true;
                if (finish.reason() == StopReason.REFUSAL || finish.reason() == StopReason.OTHER) {
                    return false;
                }
            }
        }
        return isFinished;
    }

    private static boolean isOwn(@Nullable Origin origin, List<String> named) {
        if (origin != null && origin.isAgain()) {
            return false;
        }
        return named.isEmpty() || (origin != null && named.contains(origin.provider() + "/" + origin.model()));
    }

    @Override
    public Statistics statistics() {
        return new Statistics(
                store.entries(), store.bytes(), settings.maxEntries(), settings.maxBytes(), hits.sum(), misses.sum());
    }

    @Override
    public boolean forget(String entry) {
        return store.forget(entry);
    }

    @Override
    public long clear() {
        return store.clear();
    }
}
