package dev.llmgateway.store.memory;

import dev.llmgateway.api.json.TraceJson;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.StoredCall;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call that is kept, with its trace and bodies for as long as there is room. Guarded by the store's lock. */
final class KeptCall {

    /** What is told of one model that was looked at or chosen, and what is told of a trace beside it, about. */
    private static final int BYTES_PER_CANDIDATE = 120;

    private static final int BYTES_PER_TRACE = 1_000;

    private CallRecord record;
    private @Nullable CallTrace trace;
    private @Nullable Bodies bodies;
    private @Nullable Set<Integer> lateCharges;

    KeptCall(FinishedCall call) {
        record = call.record();
        trace = call.trace();
        bodies = call.bodies();
    }

    CallRecord record() {
        return record;
    }

    /** About how much memory the trace and the bodies take. */
    long detailBytes() {
        return traceBytes() + bodyBytes();
    }

    private long traceBytes() {
        CallTrace told = trace;
        if (told == null) {
            return 0;
        }
        int candidates = told.decision() == null
                ? 0
                : told.decision().eliminated().size()
                        + told.decision().ranking().size();
        return BYTES_PER_TRACE
                + (long) BYTES_PER_CANDIDATE * (candidates + told.findings().size());
    }

    private long bodyBytes() {
        Bodies said = bodies;
        return said == null ? 0 : bytes(said.request()) + bytes(said.answer());
    }

    /** A text of ASCII takes one byte per character, others take two. */
    private static long bytes(@Nullable String text) {
        return text == null ? 0 : 2L * text.length();
    }

    /** Keeps the record alone. */
    void forgetDetails() {
        trace = null;
        bodies = null;
    }

    void add(LateCharge charge) {
        Set<Integer> known = lateCharges == null ? new TreeSet<>() : lateCharges;
        lateCharges = known;
        if (known.add(charge.number())) {
            record = new CallRecord(
                    record.requestId(),
                    record.at(),
                    record.tenant(),
                    record.labels(),
                    record.asked(),
                    record.served(),
                    record.end(),
                    record.path(),
                    record.times(),
                    record.spend().plus(charge.spend()),
                    record.findings());
        }
    }

    /** The call as it is given back; the trace is written by whoever reads it. */
    Reading reading() {
        return new Reading(record, trace, bodies);
    }

    /** A call, apart from the store. */
    record Reading(
            CallRecord record,
            @Nullable CallTrace trace,
            @Nullable Bodies bodies) {

        StoredCall toStored() {
            String json = trace == null ? null : new String(TraceJson.toBytes(trace), StandardCharsets.UTF_8);
            return new StoredCall(record, json, bodies);
        }
    }
}
