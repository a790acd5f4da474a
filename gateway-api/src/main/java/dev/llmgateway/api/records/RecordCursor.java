package dev.llmgateway.api.records;

import java.time.Instant;
import java.util.Comparator;

/**
 * A place in the list of calls, between the call that it names and the next older one. Of calls that began at the same
 * moment, the one with the greater id counts as newer.
 */
public record RecordCursor(Instant at, String requestId) {

    /** Newest first. */
    public static final Comparator<CallRecord> NEWEST_FIRST = Comparator.comparing(CallRecord::at)
            .thenComparing(CallRecord::requestId)
            .reversed();

    /** The place behind a call. */
    public static RecordCursor after(CallRecord call) {
        return new RecordCursor(call.at(), call.requestId());
    }

    /** Whether a call comes behind this place. */
    public boolean isBefore(CallRecord call) {
        return isBefore(call.at(), call.requestId());
    }

    /** Whether a call of this id that began then comes behind this place. */
    public boolean isBefore(Instant begin, String id) {
        int time = begin.compareTo(at);
        return time < 0 || (time == 0 && id.compareTo(requestId) < 0);
    }
}
