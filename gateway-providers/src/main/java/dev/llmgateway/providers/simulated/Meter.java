package dev.llmgateway.providers.simulated;

import org.jspecify.annotations.Nullable;

/**
 * Counts what one request costs while it is answered. Vendors bill the prompt once they work on it, and what was generated,
 * whether it reaches the client or not. For one thread.
 */
final class Meter {
    private final Answers answers;
    private final @Nullable String trace;
    private @Nullable Full full;
    private boolean hasBegun;
    private boolean hasThought;
    private long output;
    private boolean isDelivered;

    /** What a whole answer costs. */
    private record Full(String model, long input, long cached, long output, long reasoning) {}

    Meter(Answers answers, @Nullable String trace) {
        this.answers = answers;
        this.trace = trace;
    }

    /** This is what the request may get; nothing of it is made yet. */
    void promise(Prompt prompt, Answer answer) {
        int choices = prompt.output().choices();
        full = new Full(
                prompt.model(),
                answer.promptTokens(),
                answers.cachedTokens(answer),
                (long) answer.outputTokens() * choices,
                (long) answer.thinkingTokens() * choices);
    }

    /** As above, for a text that is embedded. */
    void promise(String model, long tokens) {
        full = new Full(model, tokens, 0, 0, 0);
    }

    /** The prompt is worked on. */
    void begin() {
        hasBegun = true;
    }

    /** Of a stream another event was made. */
    void made(String event) {
        begin();
        if (answers.isTerminator(event)) {
            madeAll();
        } else if (full != null && answers.isToken(event)) {
            long thoughts = hasThought ? 0 : full.reasoning;
            hasThought = true;
            output = Math.min(full.output, output + thoughts + 1);
        }
    }

    /** The whole answer was made. */
    void madeAll() {
        begin();
        hasThought = true;
        output = full == null ? 0 : full.output;
    }

    /** The usual answer was sent to its end. */
    void delivered() {
        isDelivered = true;
    }

    /** What it comes to by now; null when the request is free. */
    @Nullable
    Bill bill() {
        if (full == null || !hasBegun) {
            return null;
        }
        long reasoning = hasThought ? full.reasoning : 0;
        return new Bill(trace, full.model, full.input, full.cached, output, reasoning, isDelivered);
    }
}
