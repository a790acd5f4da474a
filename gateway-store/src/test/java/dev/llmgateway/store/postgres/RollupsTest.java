package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.store.memory.MemoryRecordStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sums from kept ones are those that one gets by adding up every call: of random calls, times, filters and dimensions. */
class RollupsTest {

    private static final Instant START = Instant.parse("2026-10-20T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 24;
    private static final int CALLS = 1_500;
    private static final int QUERIES = 250;
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham");
    private static final double TENTH = 0.1;

    private final Random random = new Random(20_261_122);
    private final String url = TestDatabase.newUrl();
    private final Database database = Database.open(DatabaseSettings.of(url, 4));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final PostgresRecordStore store = new PostgresRecordStore(database, () -> now);
    private final MemoryRecordStore memory = new MemoryRecordStore(10_000, 1_000_000_000);

    @AfterEach
    void close() {
        database.close();
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private @Nullable String oneOrNone(String prefix, int count) {
        int i = random.nextInt(count + 1);
        return i == count ? null : prefix + i;
    }

    /** Many begin at the very begin or end of an hour. */
    private Instant moment() {
        Instant hour = START.plus(Duration.ofHours(random.nextInt(24 * DAYS)));
        return switch (random.nextInt(4)) {
            case 0 -> hour;
            case 1 -> hour.minusNanos(1_000);
            default -> hour.plusSeconds(random.nextInt(3_600)).plusNanos(1_000L * random.nextInt(1_000_000));
        };
    }

    private Spend spend() {
        Usage usage = new Usage(
                random.nextInt(1_000),
                random.nextInt(100),
                random.nextInt(10),
                random.nextInt(10),
                random.nextInt(500),
                random.nextInt(100));
        return new Spend(usage, random.nextInt(5) == 0 ? null : random.nextInt(1_000) / 1_024.0, random.nextBoolean());
    }

    private FinishedCall call(int i) {
        boolean failed = random.nextInt(4) == 0;
        CallRecord.Served served = random.nextInt(10) == 0
                ? null
                : new CallRecord.Served("provider" + random.nextInt(2), "model" + random.nextInt(4));
        CallRecord.FailedTry failure = random.nextInt(4) == 0
                ? new CallRecord.FailedTry("timeout", new CallRecord.Served("provider" + random.nextInt(2), "model1"))
                : null;
        CallRecord record = new CallRecord(
                "req_" + i,
                moment(),
                "tenant" + random.nextInt(3),
                CallLabels.of(oneOrNone("source", 3), oneOrNone("project", 4)),
                new CallRecord.Asked("best", "balanced", DataClassification.INTERNAL, true),
                served,
                failed
                        ? new CallRecord.End(oneOf(List.of(400, 499, 502)), "provider_server")
                        : new CallRecord.End(200, null),
                new CallRecord.Path(1, 0, false, CacheResult.OFF, false, failure),
                new CallRecord.Times(
                        null, Duration.ofNanos((long) Math.exp(10 + 15 * random.nextDouble())), Duration.ZERO),
                spend(),
                List.of());
        return new FinishedCall(record, new WrittenDetails("{}", null));
    }

    private List<FinishedCall> calls() {
        return IntStream.range(0, CALLS).mapToObj(this::call).toList();
    }

    private void fill(List<FinishedCall> calls) {
        fill(calls, 0);
    }

    /** The first entries are recorded long ago. */
    private void fill(List<FinishedCall> calls, int old) {
        Instant usual = now;
        List<RecordEntry> entries = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            entries.add(calls.get(i));
            if (random.nextInt(10) == 0) {
                String id = calls.get(random.nextInt(i + 1)).requestId();
                entries.add(new LateCharge(id, 1 + random.nextInt(2), spend()));
            }
        }
        for (int i = 0; i < entries.size(); i += 50) {
            List<RecordEntry> batch = entries.subList(i, Math.min(entries.size(), i + 50));
            now = i < old ? LONG_AGO : usual;
            store.append(batch);
            memory.append(batch);
            if (random.nextInt(20) == 0) {
                store.catchUp();
            }
        }
    }

    private List<Instant> edges() {
        ZoneId zone = ZoneId.of(oneOf(ZONES));
        LocalDate day = LocalDate.of(2026, 10, 18).plusDays(random.nextInt(5));
        int count = 1 + random.nextInt(12);
        List<Instant> edges = new ArrayList<>();
        int kind = random.nextInt(4);
        for (int i = 0; i <= count; i++) {
            Instant start = day.atStartOfDay(zone).toInstant();
            edges.add(
                    switch (kind) {
                        case 0 -> day.plusDays(i).atStartOfDay(zone).toInstant();
                        case 1 -> start.plus(Duration.ofHours(i));
                        case 2 -> start.plus(Duration.ofMinutes(5L * i));
                        default -> start.plus(Duration.ofMillis(7_654_321L * i));
                    });
        }
        return edges;
    }

    private RecordQuery query() {
        RecordQuery query = RecordQuery.ALL;
        for (Dimension dimension : Dimension.values()) {
            if (random.nextInt(12) == 0) {
                query = query.with(dimension, value(dimension));
            }
        }
        Instant one = moment();
        Instant other = moment();
        return switch (random.nextInt(4)) {
            case 0 -> query.between(one, null);
            case 1 -> query.between(null, one);
            case 2 -> query.between(one.isBefore(other) ? one : other, one.isBefore(other) ? other : one);
            default -> query;
        };
    }

    private String value(Dimension dimension) {
        return switch (dimension) {
            case TENANT -> "tenant1";
            case SOURCE -> "source1";
            case PROJECT -> "project1";
            case PROVIDER, FAILED_PROVIDER -> "provider1";
            case MODEL, FAILED_MODEL -> "model1";
            case STATUS -> oneOf(List.of("200", "502", "499"));
            case ERROR_TYPE -> "timeout";
            case IMPACT -> oneOf(List.of("none", "mitigated", "customer"));
        };
    }

    private RecordSums wanted() {
        List<Dimension> by = new ArrayList<>(List.of(Dimension.values()));
        Collections.shuffle(by, random);
        RecordSums sums = RecordSums.by(by.subList(0, random.nextInt(3)).toArray(Dimension[]::new));
        if (!sums.by().isEmpty() && random.nextInt(3) == 0) {
            sums = sums.only(Arrays.asList(value(by.getFirst()), random.nextBoolean() ? null : "other"));
        }
        return random.nextBoolean() ? sums : sums.inPeriods(edges());
    }

    private static List<SumRow> sorted(List<SumRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> row.period() + " " + row.values()))
                .toList();
    }

    private static void assertSame(SumRow found, SumRow expected) {
        Figures one = found.figures();
        Figures other = expected.figures();
        assertThat(found.last()).isEqualTo(expected.last());
        assertThat(one.costUsd()).isCloseTo(other.costUsd(), Offset.offset(1e-6));
        assertThat(new Figures(
                        one.requests(),
                        one.succeeded(),
                        one.mitigated(),
                        one.aborted(),
                        one.usage(),
                        other.costUsd(),
                        other.p50(),
                        other.p95()))
                .isEqualTo(other);
        assertNear(one.p50(), other.p50());
        assertNear(one.p95(), other.p95());
    }

    private static void assertNear(Duration found, Duration expected) {
        double nanos = Math.max(10_000, expected.toNanos());
        assertThat((double) found.toNanos()).isCloseTo(nanos, Offset.offset(TENTH * nanos));
    }

    @Test
    void listsTheCallsThatHaveSeveralValues() {
        fill(calls());

        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            RecordQuery query = query().with(Dimension.PROJECT, "project" + random.nextInt(5))
                    .with(Dimension.PROVIDER, "provider" + random.nextInt(2));
            rows += assertSamePages(query, 1 + random.nextInt(40));
        }
        assertThat(rows).isGreaterThan(QUERIES);
    }

    /** Calls that began in the same moment are often on both sides of a page's end. */
    private int assertSamePages(RecordQuery query, int limit) {
        RecordCursor after = null;
        int rows = 0;
        List<CallRecord> page;
        do {
            page = store.list(query, after, limit);
            assertThat(page).as("%s, %s behind %s", query, limit, after).isEqualTo(memory.list(query, after, limit));
            rows += page.size();
            after = page.isEmpty() ? null : RecordCursor.after(page.getLast());
        } while (after != null);
        return rows;
    }

    /** Compares the answers to random questions. */
    private void assertSameSums(RecordStore expecting, BiConsumer<SumRow, SumRow> more) {
        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            RecordQuery query = query();
            RecordSums wanted = wanted();
            List<SumRow> found = sorted(store.sums(query, wanted));
            List<SumRow> expected = sorted(expecting.sums(query, wanted));
            assertThat(found)
                    .as("%s %s", query, wanted)
                    .extracting(SumRow::period, SumRow::values)
                    .isEqualTo(expected.stream()
                            .map(row -> Tuple.tuple(row.period(), row.values()))
                            .toList());
            for (int j = 0; j < found.size(); j++) {
                assertSame(found.get(j), expected.get(j));
                more.accept(found.get(j), expected.get(j));
            }
            rows += found.size();
        }
        assertThat(rows).isGreaterThan(QUERIES);
    }

    @Test
    void keepsSumsInTheBackground() {
        PostgresRecordStore quick = new PostgresRecordStore(database, InstantSource.system(), 10);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int i = 0;
        while (database.<Long>read(Rollups::head) < 10 && System.nanoTime() < deadline) {
            quick.append(List.of(call(i++)));
        }

        assertThat(database.<Long>read(Rollups::head)).isGreaterThanOrEqualTo(10);
    }

    @Test
    void sumsAreThoseOfEveryCall() {
        fill(calls());
        assertThat(database.<Long>read(Rollups::head)).isGreaterThan(CALLS / 2);

        assertSameSums(memory, (found, expected) -> assertThat(found.first()).isEqualTo(expected.first()));
    }

    @Test
    void sumsOfHoursAreMadeForDatabasesThatHadNone() {
        fill(calls());
        String before = hourlySums();
        database.write(handle -> handle.execute("delete from record_sums where cube in (12, 14) and span = 3600"));
        database.write(handle -> handle.execute("delete from llm_gateway_migrations where version = '7'"));

        try (Database reached = Database.open(DatabaseSettings.of(url, 1))) {
            reached.jdbi();
        }

        assertThat(hourlySums()).isEqualTo(before);
        assertSameSums(memory, (found, expected) -> assertThat(found.first()).isEqualTo(expected.first()));
    }

    private String hourlySums() {
        return database.read(handle -> handle.createQuery(
                        "select string_agg((id, requests, input_tokens, round(cost_usd::numeric, 6))::text,"
                                + " ' ' order by id) from record_sums where cube in (12, 14) and span = 3600")
                .mapTo(String.class)
                .one());
    }

    /** When the first of a sum began may be told too early then, but not before the oldest call. */
    @Test
    void sumsAreThoseOfTheCallsThatAreLeft() {
        fill(
                calls().stream()
                        .sorted(Comparator.comparing(call -> call.record().at()))
                        .toList(),
                700);
        long old = database.<Long>read(handle -> handle.createQuery(
                        "select count(*) from (select recorded_at from"
                                + " proxy_records union all select recorded_at from late_charges) as e where recorded_at < '2026-02-01'")
                .mapTo(Long.class)
                .one());
        assertThat(old).isBetween(650L, 700L);
        assertThat(store.prune(Instant.parse("2026-02-01T00:00:00Z"))).isEqualTo(old);
        List<CallRecord> left = store.list(RecordQuery.ALL, null, CALLS);
        MemoryRecordStore expected = new MemoryRecordStore(10_000, 1_000_000_000);
        expected.append(left.stream()
                .map(call -> new FinishedCall(call, new WrittenDetails("{}", null)))
                .toList());

        assertThat(left).hasSizeBetween(CALLS - 700, CALLS - 560);
        assertSameSums(
                expected,
                (found, right) ->
                        assertThat(found.first()).isBetween(left.getLast().at(), right.first()));
        assertThat(store.prune(Instant.parse("2026-02-01T00:00:00Z"))).isZero();
        assertThat(store.clear()).isEqualTo(left.size());
    }
}
