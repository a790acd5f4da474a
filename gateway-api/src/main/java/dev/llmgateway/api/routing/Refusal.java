package dev.llmgateway.api.routing;

import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Why no model may serve a request. */
public sealed interface Refusal {

    /** What was wrong and what would be right, for the caller. */
    String sentence();

    /** Nobody knows the model: 404. */
    record UnknownModel(String sentence) implements Refusal {}

    /**
     * The model is gone and has no replacement: 410.
     *
     * @param since the day it went; null when not known
     */
    record RetiredModel(String sentence, @Nullable LocalDate since) implements Refusal {}

    /** The data is more sensitive than allowed: 403. */
    record NotAuthorised(String sentence) implements Refusal {}

    /**
     * The model cannot do what the request uses, or no model can: 400.
     *
     * @param capability what is missing; null when it is not one thing
     */
    record Incapable(String sentence, @Nullable Capability capability) implements Refusal {}

    /**
     * The prompt is too long: 413.
     *
     * @param largestWindow tokens of the largest window that there is
     */
    record TooLong(String sentence, long largestWindow) implements Refusal {}

    /** Every model is dearer than allowed: 402. */
    record TooDear(String sentence) implements Refusal {}

    /**
     * Every model that could serve it is not to be asked at the moment: 503 or 429.
     *
     * @param retryAfter until that may change
     */
    record Unavailable(String sentence, TargetState.Cause cause, Duration retryAfter) implements Refusal {}
}
