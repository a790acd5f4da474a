package dev.llmgateway.api.records;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.routing.DataClassification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of every call, whatever its end; a line of the request log has the same. It holds nothing of what was said.
 *
 * @param requestId the {@code x-request-id} of the answer; unique
 * @param at when the call began, in whole microseconds
 * @param tenant whom it belongs to, as far as that was found out
 * @param labels where it came from
 * @param asked what was asked for
 * @param served who answered; when nobody did, whom the last try asked, and null when nobody was asked
 * @param end how it ended
 * @param path what it took
 * @param times how long it took
 * @param spend what it cost up to its end; see {@link LateCharge}
 * @param findings what was found in its texts, by kind and action
 */
public record CallRecord(
        String requestId,
        Instant at,
        String tenant,
        CallLabels labels,
        Asked asked,
        @Nullable Served served,
        End end,
        Path path,
        Times times,
        Spend spend,
        List<FindingCount> findings) {

    /** What a client that left before its answer was complete would have got. */
    public static final int CLIENT_CLOSED_REQUEST = 499;

    private static final int FIRST_ERROR = 400;

    public CallRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
        findings = List.copyOf(findings);
    }

    /**
     * What was asked for.
     *
     * @param model the name that the caller used; null when the request was refused unread, or could not be read
     * @param profile the routing profile's name
     * @param classification the level that the call was treated by, a marking in its text included
     */
    public record Asked(@Nullable String model, String profile, DataClassification classification, boolean stream) {}

    /**
     * A model at a provider.
     *
     * @param provider the configured provider's id
     * @param model the model's id on the wire
     */
    public record Served(String provider, String model) {}

    /**
     * How a call ended.
     *
     * @param status the HTTP status of its answer; 499 when its client left before the end. A stream that broke off has the
     *     status that it would have had before its beginning
     * @param errorType why it failed, in a word ({@link ErrorTypes}); null when it was answered
     */
    public record End(int status, @Nullable String errorType) {}

    /**
     * What a call took.
     *
     * @param attempts how often a provider was asked
     * @param failovers how often another target was asked because one had failed
     * @param hedged whether a second target was asked because the first was slow
     * @param replayed whether it got the answer of an earlier call with its idempotency key
     * @param lastFailure the last of its tries that failed; null when none did
     */
    public record Path(
            int attempts,
            int failovers,
            boolean hedged,
            CacheResult cache,
            boolean replayed,
            @Nullable FailedTry lastFailure) {}

    /**
     * A try that failed.
     *
     * @param errorType why, in a word ({@link ErrorTypes})
     * @param target whom it asked, or would have
     */
    public record FailedTry(String errorType, Served target) {}

    /**
     * How long a call took.
     *
     * @param ttft from its begin to the first content of the answer; null when none came
     * @param latency from its begin to its end, a slow reader of the answer included
     * @param gateway what the gateway itself took of that: the time in which neither a provider was waited for (from the first
     *     target that was asked to the first content, pauses between tries included, and then for every further event) nor the
     *     reader of the answer. A call that shares the answer of another one waits for that one in this time
     */
    public record Times(@Nullable Duration ttft, Duration latency, Duration gateway) {}

    /** Whether the call got an answer to its end. */
    public boolean isSuccess() {
        return end.status < FIRST_ERROR;
    }

    /** What the failures within the call meant for its caller. */
    public Impact impact() {
        if (isSuccess()) {
            return path.lastFailure == null ? Impact.NONE : Impact.MITIGATED;
        }
        return end.status == CLIENT_CLOSED_REQUEST ? Impact.NONE : Impact.CUSTOMER;
    }
}
