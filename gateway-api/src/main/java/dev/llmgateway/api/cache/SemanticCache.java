package dev.llmgateway.api.cache;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.CacheUse;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.VectorIndex.Near;
import dev.llmgateway.api.cache.VectorIndex.Point;
import dev.llmgateway.api.replay.RecordedAnswer;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request whose last message means what that of an answered one meant. It is the second look of an {@link ExactCache},
 * which says what may be looked up and kept at all.
 *
 * <pre>{@code
 * SemanticCache similar = SemanticCache.builder(embedder).threshold(0.97).build();
 * Gateway gateway = Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT).thenSimilar(similar))
 *         .build();
 * }</pre>
 *
 * <p>Compared is the last message's text, of up to 4,000 characters, by the cosine of the embeddings. Everything else must be
 * equal: tenant, classification, model, parameters, instructions and all earlier turns; so must the numbers in the texts, and how
 * often they deny. Requests with tools, or with anything but text, are never compared.
 *
 * <p>The embedder is asked when there is something to compare with, and for answers that are kept; never for data above {@link
 * Builder#maxClassification}. When it fails or is slow, the call goes on as if there were no such cache. Thread safe.
 */
public final class SemanticCache implements AnswerCache {

    private final CautiousEmbedder embedder;
    private final CacheSettings settings;
    private final double threshold;
    private final Duration timeout;
    private final DataClassification highest;
    private final Ticker ticker;
    private final VectorIndex<RequestFingerprint> index;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private SemanticCache(Builder from) {
        settings = from.settings;
        threshold = from.threshold;
        timeout = from.timeout;
        highest = from.highest;
        ticker = from.ticker;
        embedder = new CautiousEmbedder(from.embedder, timeout, ticker);
        index = new VectorIndex<>(settings, ticker);
    }

    /** Starts from the defaults. */
    public static Builder builder(Embedder embedder) {
        return new Builder(embedder);
    }

    /** A look for one call that the exact cache could not answer; see {@link CacheScope} for the names. */
    Look look(List<String> named) {
        return new Look(named);
    }

    /** One call's. It looks on the thread of the call, and keeps on any, afterwards. */
    final class Look {
        private final List<String> named;
        private volatile @Nullable Exchange call;
        private volatile @Nullable Question question;
        private volatile @Nullable RequestFingerprint partition;
        private volatile float @Nullable [] unit;

        private Look(List<String> named) {
            this.named = named;
        }

        /** The answer to a similar request, or that of {@code next}. Tells the call's listener which. */
        ChatStream answer(Exchange exchange, Handler next) {
            Near near = find(exchange).orElse(null);
            if (near == null) {
                misses.increment();
                exchange.listener().cacheAsked(exchange, CacheLookup.MISS);
                return next.handle(exchange);
            }
            hits.increment();
            CacheLookup found =
                    CacheLookup.semanticHit(near.similarity(), near.point().entry());
            exchange.listener().cacheAsked(exchange, found);
            return near.point().answer().replay();
        }

        private Optional<Near> find(Exchange exchange) {
            if (exchange.options().routing().classification().compareTo(highest) > 0) {
                return Optional.empty();
            }
            Question asked = Question.of(exchange.request()).orElse(null);
            if (asked == null) {
                return Optional.empty();
            }
            RequestFingerprint among = RequestFingerprint.of(asked.frame()).within(CacheScope.of(exchange, named));
            call = exchange;
            question = asked;
            partition = among;
            if (exchange.options().cacheUse() != CacheUse.NORMAL || !index.hasAny(among)) {
                return Optional.empty();
            }
            unit = embedder.embed(
                    asked.text(),
                    exchange.remaining(ticker.read()),
                    exchange.options().cancellation(),
                    cost -> exchange.listener().embedded(exchange, cost));
            float[] here = unit;
            return here == null ? Optional.empty() : index.nearest(among, here, Traps.of(asked.text()), threshold);
        }

        /** Keeps the answer that {@code next} gave. Who has no vector yet waits for it on a thread of its own. */
        void keep(String entry, RecordedAnswer answer) {
            Exchange asking = call;
            Question asked = question;
            RequestFingerprint among = partition;
            if (asking == null || asked == null || among == null) {
                return;
            }
            float[] known = unit;
            if (known != null) {
                index.add(among, new Point(entry, known, Traps.of(asked.text()), answer));
                return;
            }
            Thread.ofVirtual().name("embed-answered").start(() -> {
                float[] embedded = embedder.embed(
                        asked.text(),
                        timeout,
                        new Cancellation(),
                        cost -> asking.listener().embedded(asking, cost));
                if (embedded != null) {
                    index.add(among, new Point(entry, embedded, Traps.of(asked.text()), answer));
                }
            });
        }
    }

    @Override
    public Statistics statistics() {
        return new Statistics(
                index.size(), index.bytes(), settings.maxEntries(), settings.maxBytes(), hits.sum(), misses.sum());
    }

    @Override
    public boolean forget(String entry) {
        return index.remove(entry);
    }

    @Override
    public long clear() {
        return index.clear();
    }

    /** Settings of a {@link SemanticCache}. Not thread safe. */
    public static final class Builder {
        private final Embedder embedder;
        private CacheSettings settings = CacheSettings.DEFAULT;
        private double threshold = 0.95;
        private Duration timeout = Duration.ofSeconds(2);
        private DataClassification highest = DataClassification.INTERNAL;
        private Ticker ticker = Ticker.system();

        private Builder(Embedder embedder) {
            this.embedder = embedder;
        }

        /** How many answers are kept, in how much memory, and how long; the temperature is the exact cache's matter. */
        public Builder settings(CacheSettings keeps) {
            this.settings = keeps;
            return this;
        }

        /**
         * The least cosine, 0.95 unless set.
         *
         * @throws IllegalArgumentException when not from 0 to 1
         */
        public Builder threshold(double cosine) {
            if (!(cosine >= 0 && cosine <= 1)) {
                throw new IllegalArgumentException("threshold is " + cosine + ": it must be from 0 to 1");
            }
            this.threshold = cosine;
            return this;
        }

        /**
         * How long a call waits for the embedder, 2 seconds unless set.
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

        /** The highest level of data that the embedder may see, {@code internal} unless set. */
        public Builder maxClassification(DataClassification level) {
            this.highest = level;
            return this;
        }

        /** Where elapsed time comes from; the gateway's own. For tests. */
        public Builder ticker(Ticker source) {
            this.ticker = source;
            return this;
        }

        /** An empty cache. The builder may be used again. */
        public SemanticCache build() {
            return new SemanticCache(this);
        }
    }
}
