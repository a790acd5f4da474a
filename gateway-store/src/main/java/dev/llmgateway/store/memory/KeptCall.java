package dev.llmgateway.store.memory;

import dev.llmgateway.api.records.CallDetails;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.StoredCall;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call that is kept, with its details for as long as there is room. Guarded by the store's lock. */
final class KeptCall {

    private CallRecord record;
    private @Nullable CallDetails details;
    private final long detailBytes;
    private @Nullable Set<Integer> lateCharges;

    KeptCall(FinishedCall call) {
        record = call.record();
        details = call.details();
        detailBytes = call.details().bytes();
    }

    CallRecord record() {
        return record;
    }

    /** About how much memory the details took when they came. */
    long detailBytes() {
        return detailBytes;
    }

    /** Keeps the record alone. */
    void forgetDetails() {
        details = null;
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

    /** The call as it is given back; the details are written by whoever reads them. */
    Reading reading() {
        return new Reading(record, details);
    }

    /** A call, apart from the store. */
    record Reading(CallRecord record, @Nullable CallDetails details) {

        StoredCall toStored() {
            return details == null
                    ? new StoredCall(record, null, null)
                    : new StoredCall(record, details.trace(), details.bodies());
        }
    }
}
