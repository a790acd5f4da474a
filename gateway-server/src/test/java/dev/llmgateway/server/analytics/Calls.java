package dev.llmgateway.server.analytics;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.store.memory.MemoryRecordStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes calls and keeps them. */
final class Calls {

    final RecordStore store = new MemoryRecordStore(30_000, 1 << 20);
    private int made;

    /** A call with what tests vary. */
    record Sample(
            Instant at,
            @Nullable String source,
            @Nullable String project,
            CallRecord.@Nullable Served served,
            CallRecord.End end,
            CallRecord.@Nullable FailedTry failure) {

        Sample by(@Nullable String who) {
            return new Sample(at, who, project, served, end, failure);
        }

        Sample of(@Nullable String what) {
            return new Sample(at, source, what, served, end, failure);
        }

        Sample served(String provider, String model) {
            return new Sample(at, source, project, new CallRecord.Served(provider, model), end, failure);
        }

        Sample unserved() {
            return new Sample(at, source, project, null, end, failure);
        }

        Sample failed(int status, String why) {
            return new Sample(at, source, project, served, new CallRecord.End(status, why), failure);
        }

        Sample mended(String why, String provider, String model) {
            return new Sample(
                    at,
                    source,
                    project,
                    served,
                    end,
                    new CallRecord.FailedTry(why, new CallRecord.Served(provider, model)));
        }
    }

    /** An answered call of ten and five tokens for a quarter of a dollar, in a tenth of a second. */
    static Sample at(Instant moment) {
        return new Sample(
                moment, "ide", "moon", new CallRecord.Served("openai", "gpt-4o"), new CallRecord.End(200, null), null);
    }

    static Sample at(String moment) {
        return at(Instant.parse(moment));
    }

    Calls add(Sample... samples) {
        for (Sample sample : samples) {
            made++;
            CallRecord record = new CallRecord(
                    "req_" + made,
                    sample.at,
                    "default",
                    new CallLabels(Dialect.OPENAI_CHAT, sample.source, sample.project),
                    new CallRecord.Asked("auto", "balanced", DataClassification.INTERNAL, false),
                    sample.served,
                    sample.end,
                    new CallRecord.Path(1, 0, false, CacheResult.OFF, false, sample.failure),
                    new CallRecord.Times(null, Duration.ofMillis(100), Duration.ofMillis(1)),
                    new Spend(Usage.of(10, 5), 0.25, false),
                    List.of());
            store.append(List.of(new FinishedCall(record, new WrittenDetails("{}", null))));
        }
        return this;
    }
}
