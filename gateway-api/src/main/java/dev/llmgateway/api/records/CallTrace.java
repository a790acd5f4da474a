package dev.llmgateway.api.records;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.ir.Dialect;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a call on its way, in the order in which it happened. Times count from the begin of the call.
 *
 * @param decision who was to be asked and why; null when the call did not come so far
 * @param tries each try of a target, in the order in which they began
 * @param races the times that a second target was asked because the first was slow
 * @param circuits what the call changed in how targets are trusted
 * @param cache what a cache knew; null when none was asked
 * @param findings what was found in its texts; at most {@link #MOST_FINDINGS}
 * @param findingsLeftOut how many more were found
 * @param raised the marking that raised its classification; null when none did
 * @param dropped what of the request and of the answer had no place in the other side's format, as {@code x-gateway-dropped} names it
 * @param charges each thing that has to be paid, late ones left out
 * @param error what the caller was told; null when the call did not fail
 */
public record CallTrace(
        @Nullable RoutingDecision decision,
        List<Try> tries,
        List<Race> races,
        List<CircuitChange> circuits,
        @Nullable CacheLookup cache,
        List<ComplianceFinding> findings,
        int findingsLeftOut,
        @Nullable Raised raised,
        List<String> dropped,
        List<Charged> charges,
        @Nullable String error) {

    /** So many findings are kept of one call. */
    public static final int MOST_FINDINGS = 100;

    /** A call of which nothing is to be told. */
    public static final CallTrace EMPTY =
            new CallTrace(null, List.of(), List.of(), List.of(), null, List.of(), 0, null, List.of(), List.of(), null);

    public CallTrace {
        tries = List.copyOf(tries);
        races = List.copyOf(races);
        circuits = List.copyOf(circuits);
        findings = List.copyOf(findings);
        dropped = List.copyOf(dropped);
        charges = List.copyOf(charges);
    }

    /** The trace of a request that was refused at once. */
    public static CallTrace refused(String error) {
        return new CallTrace(
                null, List.of(), List.of(), List.of(), null, List.of(), 0, null, List.of(), List.of(), error);
    }

    /** How a try ended. */
    public enum Result {
        /** It answers the call. */
        ANSWERED,
        FAILED,
        /** The provider was not asked: its circuit was open, or its limit reached. */
        NOT_ASKED,
        /** It lost a race, or its caller left. */
        DISCARDED
    }

    /**
     * One try of a target.
     *
     * @param dialect the wire format that it was asked in; null when its provider does not tell
     * @param began when
     * @param took until its first content, or its failure; null when it was not over as the call ended
     * @param result null when it was not over as the call ended
     * @param errorType why it failed, in a word ({@link ErrorTypes}); null when it did not
     * @param error the same in a sentence
     * @param pause how long was waited before the same target was tried again; null when it was not
     */
    public record Try(
            String provider,
            String model,
            @Nullable Dialect dialect,
            Duration began,
            @Nullable Duration took,
            @Nullable Result result,
            @Nullable String errorType,
            @Nullable String error,
            @Nullable Duration pause) {}

    /**
     * A second target was asked because the first was slow.
     *
     * @param slow {@code provider/model}
     * @param second {@code provider/model}
     * @param winner which of them answers the call; null when both failed, or the call ended before
     */
    public record Race(
            Duration at,
            String slow,
            String second,
            @Nullable String winner) {}

    /** A change in how a target is trusted; the reason is for people. */
    public record CircuitChange(
            Duration at, String provider, String model, CircuitState from, CircuitState to, String reason) {}

    /** A marking in the text raised the level that the call is treated by. */
    public record Raised(DataClassification to, LevelSource.Marking why) {}

    /** What is paid for. */
    public enum Reason {
        /** The answer, as far as it was read. */
        ANSWER,
        /** A try whose caller left, or ran out of time, before its answer began. */
        ABANDONED,
        /** A try whose provider took it up and did not answer it, or broke off before anything was passed on. */
        FAILED,
        /** A try that lost a race. */
        DISCARDED,
        /** A text that was embedded for a cache. */
        EMBEDDING
    }

    /** Something that has to be paid. */
    public record Charged(Reason reason, String provider, String model, Spend spend) {}
}
