package dev.llmgateway.providers.simulated;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What the provider was told to answer. Safe for use by several threads. */
final class Script {
    private static final Reply OUTAGE = new Reply.Failure(503, Map.of("retry-after", "1"), "simulated outage");

    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private final Commands commands = new Commands();
    private final Map<String, Reply> byModel = new ConcurrentHashMap<>();
    private final Map<String, Reply> byPath = new ConcurrentHashMap<>();
    private volatile @Nullable Reply always;
    private volatile boolean outage;

    void enqueue(List<Reply> replies) {
        queue.addAll(replies);
    }

    void always(@Nullable Reply reply) {
        always = reply;
    }

    void byModel(String model, Reply reply) {
        byModel.put(model, reply);
    }

    void byPath(String suffix, Reply reply) {
        byPath.put(suffix, reply);
    }

    void outage(boolean down) {
        outage = down;
    }

    /** Forgets everything that was said. */
    void clear() {
        queue.clear();
        commands.clear();
        byModel.clear();
        byPath.clear();
        always = null;
        outage = false;
    }

    /**
     * The reply to a request.
     *
     * @throws BadPrompt when the choice depends on the prompt and the vendor would refuse it
     */
    Reply choose(Turn turn) {
        if (outage) {
            return OUTAGE;
        }
        for (Map.Entry<String, Reply> entry : byPath.entrySet()) {
            if (turn.request().path().endsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return turn.kind() == Turn.Kind.CHAT ? chat(turn) : Reply.usual();
    }

    /* The prompt is read last: a benchmark's fixed reply costs no parsing. */
    private Reply chat(Turn turn) {
        Reply next = queue.poll();
        if (next == null && !byModel.isEmpty()) {
            next = byModel.get(turn.prompt().model());
        }
        if (next == null) {
            next = always;
        }
        if (next == null) {
            next = commands.find(turn.prompt());
        }
        return next == null ? Reply.usual() : next;
    }
}
