package dev.llmgateway.api.items;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.DataClassification;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the items of answers for a while, so that a caller of OpenAI's Responses may refer to one by its id, as clients do that
 * leave {@code store} at its default. Items of one tenant are apart from those of every other. It works on what callers see, so
 * it stands outside of the gateway:
 *
 * <pre>{@code
 * KeptItems items = KeptItems.withDefaults();
 * OpenAiResponsesCodec codec = new OpenAiResponsesCodec();
 *
 * ChatRequest request = codec.decodeRequest(body, id -> items.find(tenant, level, id));
 * ChatResponse response = gateway.chat(request);
 * byte[] answer = codec.encodeResponse(response, request);
 * AnswerItems.ofAnswer(answer, response.origin().provider(), (id, item) -> items.keep(tenant, level, id, item));
 * }</pre>
 *
 * <p>An item goes when nobody has referred to it for the time that is set. When the memory is full, those go first that were
 * answered or referred to longest ago: the newest part of a conversation is the one that its next turn needs. An item that would
 * take more than a quarter of the memory is not kept.
 *
 * <p>Thread safe.
 */
public final class KeptItems {

    /** Of all bytes, the largest item may take this part. */
    private static final int LARGEST_PART = 4;

    /** What an entry takes beside its item and its texts. */
    private static final int ENTRY_BYTES = 256;

    /** Stands where two items have one id. */
    private static final byte[] AMBIGUOUS = {};

    /** Whose item it is, and which. */
    private record Place(String tenant, String id) {}

    /** An item as it was answered, and the tick at which it was kept or found. */
    private record Kept(byte[] json, DataClassification level, long at) {
        long bytes(Place place) {
            return ENTRY_BYTES + json.length + 2L * place.tenant.length() + 2L * place.id.length();
        }
    }

    private final long maxBytes;
    private final long ttl;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that were used longest ago come first. */
    private final Map<Place, Kept> items = new LinkedHashMap<>();

    private long bytes;

    private KeptItems(Builder from) {
        maxBytes = from.maxBytes;
        ttl = from.ttl.toNanos();
        ticker = from.ticker;
    }

    /** Keeps items for 24 hours, in 64 MiB at most. */
    public static KeptItems withDefaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Keeps an item of an answer. When there is another of the same id, neither is known any more: there are servers that draw
     * their ids from few numbers, and nobody may read the words of another conversation.
     *
     * @param level of the call that was answered
     * @param json as the caller was shown it; must not be changed any more
     */
    public void keep(String tenant, DataClassification level, String id, byte[] json) {
        Place place = new Place(tenant, id);
        Kept item = new Kept(json, level, ticker.read());
        lock.lock();
        try {
            Kept known = items.get(place);
            remove(place);
            if (known != null && !Arrays.equals(known.json, json)) {
                add(place, new Kept(AMBIGUOUS, level, item.at));
            } else if (item.bytes(place) <= maxBytes / LARGEST_PART) {
                add(place, item);
            }
            makeRoom(item.at);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The item of this id as the tenant was shown it; must not be changed. Null when it is not kept, has its id in common with
     * another, or was answered to a call
     * of a higher level than the one that asks for it.
     */
    public byte @Nullable [] find(String tenant, DataClassification level, String id) {
        Place place = new Place(tenant, id);
        long now = ticker.read();
        lock.lock();
        try {
            makeRoom(now);
            Kept item = items.get(place);
            if (item == null || item.json == AMBIGUOUS || item.level.compareTo(level) > 0) {
                return null;
            }
            remove(place);
            add(place, new Kept(item.json, item.level, now));
            return item.json;
        } finally {
            lock.unlock();
        }
    }

    private void add(Place place, Kept item) {
        items.put(place, item);
        bytes += item.bytes(place);
    }

    private void remove(Place place) {
        Kept item = items.remove(place);
        if (item != null) {
            bytes -= item.bytes(place);
        }
    }

    private void makeRoom(long now) {
        Iterator<Map.Entry<Place, Kept>> oldest = items.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Place, Kept> entry = oldest.next();
            Kept item = entry.getValue();
            if (bytes <= maxBytes && now - item.at < ttl) {
                return;
            }
            bytes -= item.bytes(entry.getKey());
            oldest.remove();
        }
    }

    /** Forgets all; returns how many that were. */
    public long clear() {
        lock.lock();
        try {
            makeRoom(ticker.read());
            long all = items.size();
            items.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** How much memory the items take, about. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Settings of {@link KeptItems}. Not thread safe. */
    public static final class Builder {
        private Duration ttl = Duration.ofDays(1);
        private long maxBytes = 64L * 1024 * 1024;
        private Ticker ticker = Ticker.system();

        private Builder() {}

        /**
         * For how long an item is kept after it was answered or referred to; 24 hours unless set.
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
         * How much memory the items take together, about; 64 MiB unless set.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder maxBytes(long most) {
            if (most < 1) {
                throw new IllegalArgumentException("maxBytes is " + most + ": it must be 1 or more");
            }
            this.maxBytes = most;
            return this;
        }

        /** Where elapsed time comes from; the gateway's own. For tests. */
        public Builder ticker(Ticker source) {
            this.ticker = source;
            return this;
        }

        /** Keeps nothing yet. The builder may be used again. */
        public KeptItems build() {
            return new KeptItems(this);
        }
    }
}
