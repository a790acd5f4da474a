package dev.llmgateway.api.routing;

import java.time.Duration;
import java.util.Locale;

/** Whether a model of a provider can be asked now. */
public sealed interface TargetState {

    /** Nothing speaks against it. */
    TargetState READY = new Ready();

    /** Nothing speaks against it. */
    record Ready() implements TargetState {}

    /**
     * It can be asked, but others first.
     *
     * @param sentence why, as a clause for people: "has used 93 % of its 500 requests per minute"
     */
    record Strained(String sentence) implements TargetState {}

    /**
     * It is not asked.
     *
     * @param retryAfter until that may change, never negative
     * @param sentence why, as a clause for people: "failed 5 times in 60 s"
     */
    record Unavailable(Cause cause, Duration retryAfter, String sentence) implements TargetState {}

    /**
     * The worse of this and another opinion: unavailable is worse than strained. All that forbids a target must have passed
     * before it is asked again, so of two that do the longer wait counts; else this one, when they are equally bad.
     */
    default TargetState worse(TargetState other) {
        return switch (other) {
            case Ready ready -> this;
            case Strained strained -> this instanceof Ready ? other : this;
            case Unavailable now ->
                this instanceof Unavailable before && before.retryAfter().compareTo(now.retryAfter()) >= 0 ? this : now;
        };
    }

    /** Why a target is not asked. */
    enum Cause {
        /** It failed too often. */
        CIRCUIT_OPEN,
        /** Its provider asked to be left alone for a while (429 with {@code Retry-After}). */
        COOLING_DOWN,
        /** Its provider's quota is used up. */
        QUOTA_EXHAUSTED;

        /** The cause as answers spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
