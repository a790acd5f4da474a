package dev.llmgateway.api.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.RecordedAnswer;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers by the fingerprints of their requests. An answer weighs what it takes, but at least an equal share of the memory,
 * so that the one bound of the weights keeps both the memory and the number of answers. Thread safe.
 */
final class AnswerStore {

    private static final Executor AT_ONCE = Runnable::run;

    /** What an entry takes beside its answer: its key, and its place in the cache. */
    private static final int ENTRY_BYTES = 256;

    /** Weights are whole numbers of 31 bits. */
    private static final int LARGEST_SHARE = 1 << 30;

    private final Cache<RequestFingerprint, RecordedAnswer> answers;

    AnswerStore(CacheSettings settings, Ticker ticker) {
        long share = Math.clamp(settings.maxBytes() / settings.maxEntries(), 1, LARGEST_SHARE);
        answers = Caffeine.newBuilder()
                .maximumWeight(Math.min(settings.maxBytes(), share * settings.maxEntries()))
                .weigher((RequestFingerprint key, RecordedAnswer answer) ->
                        (int) Math.min(Integer.MAX_VALUE, Math.max(share, bytes(answer))))
                .expireAfterWrite(settings.ttl())
                .ticker(ticker::read)
                .executor(AT_ONCE)
                .build();
    }

    private static long bytes(RecordedAnswer answer) {
        return answer.bytes() + ENTRY_BYTES;
    }

    @Nullable
    RecordedAnswer find(RequestFingerprint key) {
        return answers.getIfPresent(key);
    }

    void keep(RequestFingerprint key, RecordedAnswer answer) {
        answers.put(key, answer);
    }

    boolean forget(String entry) {
        return answers.asMap().keySet().removeIf(key -> key.shortId().equals(entry));
    }

    long clear() {
        answers.cleanUp();
        long entries = answers.estimatedSize();
        answers.invalidateAll();
        return entries;
    }

    long entries() {
        answers.cleanUp();
        return answers.estimatedSize();
    }

    long bytes() {
        return answers.asMap().values().stream().mapToLong(AnswerStore::bytes).sum();
    }
}
