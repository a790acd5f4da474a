package dev.llmgateway.bench.database;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Something that is asked of the records. */
sealed interface Question {

    int PAGE = 51;

    /** For people. */
    String name();

    /** Asks, and returns how many rows came back. */
    int ask(PostgresRecordStore store);

    String explain(PostgresRecordStore store);

    /** A page of calls. */
    record Page(String name, RecordQuery query, @Nullable RecordCursor after) implements Question {

        @Override
        public int ask(PostgresRecordStore store) {
            return store.list(query, after, PAGE).size();
        }

        @Override
        public String explain(PostgresRecordStore store) {
            return store.explain(query, after, PAGE);
        }
    }

    /** Sums. */
    record Sums(String name, RecordQuery query, RecordSums wanted) implements Question {

        @Override
        public int ask(PostgresRecordStore store) {
            return store.sums(query, wanted).size();
        }

        @Override
        public String explain(PostgresRecordStore store) {
            return store.explain(query, wanted);
        }
    }

    /** All that is measured. */
    static List<Question> all() {
        List<Question> all = new ArrayList<>(pages());
        all.addAll(totals());
        all.addAll(series());
        return all;
    }

    private static List<Question> pages() {
        Instant middle = Instant.parse(Records.START).plus(Records.DAYS / 2, ChronoUnit.DAYS);
        RecordQuery all = RecordQuery.ALL;
        return List.of(
                new Page("list: newest", all, null),
                new Page("list: after a cursor in the middle", all, new RecordCursor(middle, "req_8")),
                new Page("list: a tenant", all.with(Dimension.TENANT, "tenant-19"), null),
                new Page("list: a source", all.with(Dimension.SOURCE, "source-7"), null),
                new Page("list: a rare project", all.with(Dimension.PROJECT, "project-199"), null),
                new Page("list: a provider", all.with(Dimension.PROVIDER, "provider-3"), null),
                new Page("list: a model", all.with(Dimension.MODEL, "vendor/model-39"), null),
                new Page("list: status 502", all.with(Dimension.STATUS, "502"), null),
                new Page("list: error_type", all.with(Dimension.ERROR_TYPE, "rate_limited"), null),
                new Page("list: failed_provider", all.with(Dimension.FAILED_PROVIDER, "provider-1"), null),
                new Page("list: failed_model", all.with(Dimension.FAILED_MODEL, "vendor/model-1"), null),
                new Page("list: impact customer", all.with(Dimension.IMPACT, "customer"), null),
                new Page("list: a value that is not there", all.with(Dimension.PROJECT, "nothing"), null),
                new Page(
                        "list: a project and a source that never go together",
                        all.with(Dimension.PROJECT, "project-0").with(Dimension.SOURCE, "source-30"),
                        null),
                new Page(
                        "list: a project, a model and status 429",
                        all.with(Dimension.PROJECT, "project-3")
                                .with(Dimension.MODEL, "vendor/model-35")
                                .with(Dimension.STATUS, "429"),
                        null));
    }

    private static List<Question> totals() {
        RecordQuery all = RecordQuery.ALL;
        RecordQuery month = all.between(local("2026-10-01"), local("2026-11-01"));
        return List.of(
                new Sums("total, 90 days", all, RecordSums.TOTAL),
                new Sums("total, October in Berlin", month, RecordSums.TOTAL),
                new Sums("by provider and model, 90 days", all, RecordSums.by(Dimension.PROVIDER, Dimension.MODEL)),
                new Sums("by project, 90 days", all, RecordSums.by(Dimension.PROJECT)),
                new Sums("by source, October in Berlin", month, RecordSums.by(Dimension.SOURCE)),
                new Sums("by source and model, 90 days", all, RecordSums.by(Dimension.SOURCE, Dimension.MODEL)),
                new Sums("by project and model, 90 days", all, RecordSums.by(Dimension.PROJECT, Dimension.MODEL)),
                new Sums(
                        "customer errors by type, provider and model, 90 days",
                        all.with(Dimension.IMPACT, "customer"),
                        RecordSums.by(Dimension.ERROR_TYPE, Dimension.PROVIDER, Dimension.MODEL)),
                new Sums(
                        "errors by type of a source, 90 days",
                        all.with(Dimension.IMPACT, "mitigated").with(Dimension.SOURCE, "source-7"),
                        RecordSums.by(Dimension.ERROR_TYPE, Dimension.FAILED_PROVIDER, Dimension.FAILED_MODEL)),
                new Sums(
                        "of a project, a source and a model, 90 days",
                        all.with(Dimension.PROJECT, "project-0")
                                .with(Dimension.SOURCE, "source-1")
                                .with(Dimension.MODEL, "vendor/model-1"),
                        RecordSums.TOTAL),
                new Sums(
                        "by project, source and model, 90 days",
                        all,
                        RecordSums.by(Dimension.PROJECT, Dimension.SOURCE, Dimension.MODEL)),
                new Sums(
                        "of the last 24 hours by model",
                        all.between(Instant.parse("2026-11-20T10:20:30Z"), null),
                        RecordSums.by(Dimension.MODEL)));
    }

    private static List<Question> series() {
        RecordQuery all = RecordQuery.ALL;
        List<Instant> days = days("Europe/Berlin");
        return List.of(
                new Sums("90 days in UTC, total", all, RecordSums.TOTAL.inPeriods(days("UTC"))),
                new Sums("90 days in Berlin, total", all, RecordSums.TOTAL.inPeriods(days)),
                new Sums("90 days in Kolkata (+5:30), total", all, RecordSums.TOTAL.inPeriods(days("Asia/Kolkata"))),
                new Sums("90 days in Kathmandu (+5:45), by model", all, model(days("Asia/Kathmandu"))),
                new Sums("90 days in Berlin, by model", all, model(days)),
                new Sums(
                        "90 days in Berlin, by project",
                        all,
                        RecordSums.by(Dimension.PROJECT).inPeriods(days)),
                new Sums(
                        "90 days in Berlin, by model, of a tenant",
                        all.with(Dimension.TENANT, "tenant-0"),
                        model(days)),
                new Sums(
                        "90 days in Berlin, by model, of a project",
                        all.with(Dimension.PROJECT, "project-0"),
                        model(days)),
                new Sums(
                        "90 days in Berlin, by model, of a source",
                        all.with(Dimension.SOURCE, "source-7"),
                        model(days)),
                new Sums("90 days by the hour, total", all, RecordSums.TOTAL.inPeriods(hours(Records.DAYS * 24))),
                new Sums(
                        "30 days by the hour, by provider",
                        all,
                        RecordSums.by(Dimension.PROVIDER).inPeriods(hours(720))),
                new Sums(
                        "7 days by the hour, by project and model",
                        all,
                        RecordSums.by(Dimension.PROJECT, Dimension.MODEL).inPeriods(hours(168))));
    }

    private static RecordSums model(List<Instant> edges) {
        return RecordSums.by(Dimension.MODEL).inPeriods(edges);
    }

    private static Instant local(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneId.of("Europe/Berlin")).toInstant();
    }

    private static List<Instant> days(String zone) {
        LocalDate first = LocalDate.parse(Records.START.substring(0, 10));
        return IntStream.rangeClosed(0, Records.DAYS)
                .mapToObj(i -> first.plusDays(i).atStartOfDay(ZoneId.of(zone)).toInstant())
                .toList();
    }

    private static List<Instant> hours(int count) {
        Instant first = Instant.parse(Records.START);
        return IntStream.rangeClosed(0, count)
                .mapToObj(i -> first.plus(i, ChronoUnit.HOURS))
                .toList();
    }
}
