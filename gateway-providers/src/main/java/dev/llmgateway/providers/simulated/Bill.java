package dev.llmgateway.providers.simulated;

import org.jspecify.annotations.Nullable;

/**
 * What the provider takes for one request. It takes nothing for a request that it refused, or to which something else was sent
 * than an answer; for all others the prompt and what it had produced of the answer when it ended, broke off, or was left.
 *
 * @param trace the request's header {@code traceparent}, by which a client can tell its bills apart; null when it had none
 * @param model as the request named it
 * @param input all tokens of the prompt, cached ones included
 * @param cached those read from the cache
 * @param output all generated tokens, reasoning included
 * @param reasoning those of the train of thought
 * @param isDelivered whether the usual answer was sent to its end, with the usage that it reports; no fault and no client that
 *     leaves has kept it
 */
public record Bill(
        @Nullable String trace,
        String model,
        long input,
        long cached,
        long output,
        long reasoning,
        boolean isDelivered) {}
