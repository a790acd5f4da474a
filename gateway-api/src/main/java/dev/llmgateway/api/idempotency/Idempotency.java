package dev.llmgateway.api.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.Ending;
import dev.llmgateway.api.replay.SharedAnswer;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls with the same {@link IdempotencyKey} one call. The first is made; one that comes while it runs reads along with
 * it; one that comes later gets the same answer again, streams too, and is {@linkplain
 * dev.llmgateway.api.GatewayListener#replayed told}. Keys are apart by tenant and by the key's scope.
 *
 * <pre>{@code
 * Gateway gateway = Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.IDEMPOTENCY, Idempotency.withDefaults())
 *         .build();
 * gateway.chat(request, CallOptions.builder().idempotencyKey(IdempotencyKey.of("order-17")).build());
 * }</pre>
 *
 * <p>A key belongs to one request, by what it says and not by how it is spelled: the model's name, the streaming flag, the
 * routing options, whether to fail over, and headers for the provider count; time limits, cache use and the conversation's id do
 * not. With another request it is refused ({@link GatewayException.IdempotencyKeyReused}).
 *
 * <p>Kept are complete answers, and failures that are the request's own fault (it is wrong, or too large). Every other failure
 * frees the key, as does an answer that nobody read to its end, or that is larger than a quarter of {@link Builder#maxBytes}:
 * the next call with the key is made. Whoever had joined a call that fails gets that failure.
 *
 * <p>Thread safe. Memory is bounded by entries and bytes, and by the calls that run.
 */
public final class Idempotency implements Interceptor {

    /** Of all bytes, the largest answer may take this part. */
    private static final int LARGEST_PART = 4;

    private static final int ENTRY_BYTES = 512;

    /** Where a key stands. */
    private record Place(String tenant, IdempotencyKey key) {}

    /** A call that runs. */
    private record Running(CallPrint call, SharedAnswer answer) {}

    /** A call that has ended. */
    private record Done(CallPrint call, Kept end) {}

    private final Ticker ticker;
    private final long mostAnswerBytes;
    private final Map<Place, Running> running = new ConcurrentHashMap<>();
    private final Cache<Place, Done> done;

    private Idempotency(Builder from) {
        ticker = from.ticker;
        mostAnswerBytes = Math.max(1, from.maxBytes / LARGEST_PART);
        long leastWeight = Math.max(1, from.maxBytes / from.maxEntries);
        done = Caffeine.newBuilder()
                .maximumWeight(from.maxBytes)
                .weigher((Place place, Done call) -> weight(leastWeight, call))
                .expireAfterWrite(from.ttl)
                .ticker(ticker::read)
                .executor(Runnable::run)
                .build();
    }

    /** Every entry weighs so much that there cannot be more of them than are allowed. */
    private static int weight(long least, Done call) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(least, ENTRY_BYTES + call.end.bytes()));
    }

    /** Keeps answers for 24 hours: 10,000 at most, in 64 MiB. */
    public static Idempotency withDefaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        IdempotencyKey key = exchange.options().idempotencyKey();
        if (key == null) {
            return next.handle(exchange);
        }
        Place place = new Place(exchange.caller().tenant(), key);
        RequestFingerprint request =
                exchange.fingerprint() == null ? RequestFingerprint.of(exchange.request()) : exchange.fingerprint();
        CallPrint call = CallPrint.of(exchange, request);
        Exchange printed = exchange.withFingerprint(request);
        ChatStream answer = null;
        while (answer == null) {
            answer = oneOf(place, call, printed, next);
        }
        return answer;
    }

    /** Null when what was found there is gone: the place may be free now. */
    private @Nullable ChatStream oneOf(Place place, CallPrint call, Exchange exchange, Handler next) {
        Running mine = start(place, call);
        Running now = running.compute(place, (k, other) -> other != null || isDone(place) ? other : mine);
        if (now == mine) {
            return mine.answer.lead(exchange, next);
        }
        return now == null ? again(place, call, exchange) : join(now, call, exchange);
    }

    private boolean isDone(Place place) {
        return done.getIfPresent(place) != null;
    }

    private Running start(Place place, CallPrint call) {
        return new Running(call, new SharedAnswer(ticker, mostAnswerBytes, ending -> {
            kept(ending).ifPresent(end -> done.put(place, new Done(call, end)));
            running.remove(place);
        }));
    }

    private static Optional<Kept> kept(Ending ending) {
        return switch (ending) {
            case Ending.Complete complete ->
                Optional.of(new Kept.Answer(complete.answer().compact()));
            case Ending.Failed failed -> LastingFailure.of(failed.error()).map(Kept.Failure::new);
            case Ending.LetGo ignored -> Optional.empty();
        };
    }

    private @Nullable ChatStream again(Place place, CallPrint call, Exchange exchange) {
        Done first = done.getIfPresent(place);
        if (first == null) {
            return null;
        }
        requireSame(first.call, call);
        exchange.listener().replayed(exchange);
        return first.end.again();
    }

    private static @Nullable ChatStream join(Running first, CallPrint call, Exchange exchange) {
        requireSame(first.call, call);
        ChatStream joined = first.answer.join(exchange);
        if (joined != null) {
            exchange.listener().replayed(exchange);
        }
        return joined;
    }

    private static void requireSame(CallPrint first, CallPrint call) {
        if (!first.equals(call)) {
            throw new GatewayException.IdempotencyKeyReused(
                    "the Idempotency-Key was used for another request: use a key of its own for each request");
        }
    }

    /** How many calls with keys run now. */
    int runningCalls() {
        return running.size();
    }

    /** How many calls are kept, about. */
    long keptCalls() {
        done.cleanUp();
        return done.estimatedSize();
    }

    /** Settings of {@link Idempotency}. Not thread safe. */
    public static final class Builder {
        private Duration ttl = Duration.ofDays(1);
        private long maxEntries = 10_000;
        private long maxBytes = 64L * 1024 * 1024;
        private Ticker ticker = Ticker.system();

        private Builder() {}

        /**
         * For how long an ended call is kept; 24 hours unless set.
         *
         * @throws IllegalArgumentException when not longer than zero
         */
        public Builder ttl(Duration time) {
            if (time.isZero() || time.isNegative()) {
                throw new IllegalArgumentException("ttl is " + time + ": it must be longer than zero");
            }
            this.ttl = time;
            return this;
        }

        /**
         * How many ended calls are kept; 10,000 unless set. Those that are used least go first.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder maxEntries(long most) {
            this.maxEntries = positive("maxEntries", most);
            return this;
        }

        /**
         * How much memory the ended calls take together, about; 64 MiB unless set.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder maxBytes(long most) {
            this.maxBytes = positive("maxBytes", most);
            return this;
        }

        private static long positive(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be 1 or more");
            }
            return value;
        }

        /** Where elapsed time comes from; the gateway's own. For tests. */
        public Builder ticker(Ticker source) {
            this.ticker = source;
            return this;
        }

        /** The interceptor. The builder may be used again. */
        public Idempotency build() {
            return new Idempotency(this);
        }
    }
}
