package dev.llmgateway.store.spool;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.ComplianceFinding.Action;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FindingCount;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Entries for tests. */
public final class Entries {

    private static final String CHARACTERS = "abc \"\\\n\u0000\u00e4\u4e2d{}[]:,\ud83d\ude00";

    private Entries() {}

    /** A call of which there is little to say. */
    public static FinishedCall call(String id) {
        return call(id, "{}", null);
    }

    /** A call with these details. */
    public static FinishedCall call(String id, String trace, @Nullable Bodies bodies) {
        CallRecord record = new CallRecord(
                id,
                Instant.parse("2026-11-22T12:00:00.123456Z"),
                "default",
                CallLabels.NONE,
                new CallRecord.Asked("gpt-4o", "balanced", DataClassification.INTERNAL, false),
                null,
                new CallRecord.End(200, null),
                new CallRecord.Path(1, 0, false, CacheResult.OFF, false, null),
                new CallRecord.Times(null, Duration.ofMillis(3), Duration.ofMillis(1)),
                Spend.NOTHING,
                List.of());
        return new FinishedCall(record, new WrittenDetails(trace, bodies));
    }

    /** Any entry: every member is there or not, with any value it may have. */
    public static RecordEntry any(Random random) {
        return random.nextInt(5) == 0
                ? new LateCharge(text(random), 1 + random.nextInt(9), spend(random))
                : new FinishedCall(
                        record(random),
                        new WrittenDetails(
                                text(random), random.nextBoolean() ? null : new Bodies(maybe(random), maybe(random))));
    }

    private static CallRecord record(Random random) {
        Dialect dialect = random.nextBoolean() ? null : one(random, Dialect.values());
        List<FindingCount> findings = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            findings.add(new FindingCount(text(random), one(random, Action.values()), random.nextInt(100)));
        }
        return new CallRecord(
                text(random),
                Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 33), random.nextInt(1_000_000_000)),
                text(random),
                new CallLabels(dialect, maybe(random), maybe(random)),
                new CallRecord.Asked(
                        maybe(random), text(random), one(random, DataClassification.values()), random.nextBoolean()),
                random.nextBoolean() ? null : served(random),
                new CallRecord.End(random.nextInt(100, 600), maybe(random)),
                new CallRecord.Path(
                        random.nextInt(5),
                        random.nextInt(5),
                        random.nextBoolean(),
                        one(random, CacheResult.values()),
                        random.nextBoolean(),
                        random.nextBoolean() ? null : new CallRecord.FailedTry(text(random), served(random))),
                new CallRecord.Times(random.nextBoolean() ? null : time(random), time(random), time(random)),
                spend(random),
                findings);
    }

    private static CallRecord.Served served(Random random) {
        return new CallRecord.Served(text(random), text(random));
    }

    private static Duration time(Random random) {
        return Duration.ofNanos(random.nextLong(1L << 50));
    }

    private static Spend spend(Random random) {
        Usage usage = new Usage(
                random.nextLong(1L << 40),
                random.nextLong(1L << 40),
                random.nextLong(1L << 40),
                random.nextLong(1L << 40),
                random.nextLong(1L << 40),
                random.nextLong(1L << 40));
        return new Spend(usage, random.nextBoolean() ? null : random.nextDouble() * 10, random.nextBoolean());
    }

    private static @Nullable String maybe(Random random) {
        return random.nextBoolean() ? null : text(random);
    }

    /** One to nineteen characters, half pairs left out. */
    private static String text(Random random) {
        int[] points = CHARACTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(19); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
