package dev.llmgateway.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.RoutingOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which model a conversation began with, for a time that counts from that choice: use does not prolong it, so
 * that no conversation stays away from a better model for ever. Conversations of different tenants are apart. Thread
 * safe; when there are too many conversations, those used least are forgotten.
 */
final class StickyRoutes {

    static final int MOST_CONVERSATIONS = 100_000;

    private final @Nullable Cache<Conversation, Candidate> chosen;

    /** The beginning of a hash, however long the names are: a hundred thousand of them are remembered. */
    private record Conversation(long first, long second) {

        static Conversation of(String tenant, String id) {
            ByteBuffer hash = ByteBuffer.wrap(
                    sha256().digest((tenant.length() + ":" + tenant + id).getBytes(StandardCharsets.UTF_8)));
            return new Conversation(hash.getLong(), hash.getLong());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    /**
     * Remembers nothing yet.
     *
     * @param ttl for how long a choice holds; zero for never
     */
    StickyRoutes(Duration ttl, Ticker ticker) {
        chosen = ttl.isZero()
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(MOST_CONVERSATIONS)
                        .expireAfterWrite(ttl)
                        .ticker(ticker::read)
                        .executor(Runnable::run)
                        .build();
    }

    /** The model that this call's conversation began with, or null. */
    @Nullable
    Candidate find(String tenant, RoutingOptions options) {
        Conversation conversation = conversation(tenant, options);
        return chosen == null || conversation == null ? null : chosen.getIfPresent(conversation);
    }

    /**
     * Remembers a choice. Of two calls at the same time the first one decides.
     *
     * @param before what {@link #find} gave for this call; a choice that differs takes its place
     */
    void remember(String tenant, RoutingOptions options, @Nullable Candidate before, Candidate choice) {
        Conversation conversation = conversation(tenant, options);
        if (chosen == null || conversation == null || choice.equals(before)) {
            return;
        }
        if (before == null) {
            chosen.asMap().putIfAbsent(conversation, choice);
        } else {
            chosen.asMap().replace(conversation, before, choice);
        }
    }

    /** How many conversations are remembered. */
    long size() {
        if (chosen == null) {
            return 0;
        }
        chosen.cleanUp();
        return chosen.estimatedSize();
    }

    private static @Nullable Conversation conversation(String tenant, RoutingOptions options) {
        return options.conversationId() == null ? null : Conversation.of(tenant, options.conversationId());
    }
}
