package dev.llmgateway.api;

import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.Unavailable;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.RouteTarget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the targets of one chain failed with, the last one first. A call whose first target answers makes none.
 *
 * @param before the failures before this one; null for the first
 */
record ChainFailures(@Nullable ChainFailures before, RouteTarget target, GatewayException error) {

    /** Whether one of the targets has failed so that no other would do better. */
    boolean areFinal() {
        return finalError() != null;
    }

    /**
     * What the caller is told: the error that ended the chain, else what the last target that was really asked failed with,
     * and only when none was, that they are unavailable.
     */
    GatewayException toThrow() {
        GatewayException told = finalError();
        if (told == null) {
            told = lastOfThoseAsked();
        }
        if (told == null) {
            return before == null ? error : allUnavailable();
        }
        return told instanceof ProviderFailed failed && wasRetried() ? failed.afterRetries() : told;
    }

    private @Nullable GatewayException finalError() {
        for (ChainFailures each = this; each != null; each = each.before) {
            if (!each.error.mayFailOver()) {
                return each.error;
            }
        }
        return null;
    }

    private @Nullable GatewayException lastOfThoseAsked() {
        for (ChainFailures each = this; each != null; each = each.before) {
            if (!(each.error instanceof Unavailable)) {
                return each.error;
            }
        }
        return null;
    }

    private boolean wasRetried() {
        for (ChainFailures each = this; each != null; each = each.before) {
            if (each.error instanceof ProviderFailed failed && failed.wasRetried()) {
                return true;
            }
        }
        return false;
    }

    /** The caller may come back as soon as the first of them may be asked again. */
    private Unavailable allUnavailable() {
        Deque<String> targets = new ArrayDeque<>();
        TargetState.Cause cause = null;
        Duration soonest = null;
        for (ChainFailures each = this; each != null; each = each.before) {
            if (each.error instanceof Unavailable now) {
                targets.addFirst(each.target + " (" + words(now.why()) + ")");
                cause = cause == TargetState.Cause.CIRCUIT_OPEN ? cause : now.why();
                soonest = soonest == null || now.retryAfter().compareTo(soonest) < 0 ? now.retryAfter() : soonest;
            }
        }
        if (cause == null || soonest == null) {
            throw new IllegalStateException("a target was asked", error);
        }
        String sentence = targets.stream().collect(Collectors.joining(", ", "none of the models is asked now: ", ""));
        return new Unavailable(sentence, cause, soonest);
    }

    private static String words(TargetState.Cause cause) {
        return cause.word().replace('_', ' ');
    }
}
