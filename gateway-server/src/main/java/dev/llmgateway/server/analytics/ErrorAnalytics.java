package dev.llmgateway.server.analytics;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Impact;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/analytics/errors}: what failed, whether callers saw it, and whose fault it was. Of a call that another target
 * answered, the provider and the model are those that failed, not those that answered; filters mean the same.
 */
final class ErrorAnalytics implements TabularView {

    private static final int USUAL_EXAMPLES = 10;
    private static final int MOST_EXAMPLES = 100;

    private static final String CUSTOMER = "customer_impacting";
    private static final String MITIGATED = "mitigated";

    /** What failures are told apart by, and the plural under which they are listed. */
    private static final List<String> KEYS = List.of("error_type", "provider", "model");

    private static final List<String> LISTS = List.of("error_types", "providers", "models");

    private final RecordStore store;
    private final InstantSource clock;

    ErrorAnalytics(RecordStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** How many calls failed so, by what that meant for their callers. */
    private record Count(List<@Nullable String> values, long customer, long mitigated) {

        Count plus(Count other) {
            return new Count(values, customer + other.customer, mitigated + other.mitigated);
        }

        long both() {
            return customer + mitigated;
        }
    }

    /** What is asked. */
    private record Question(RecordQuery query, Period period, int examples) {

        boolean isAbout(Impact impact) {
            String wanted = query.values().get(Dimension.IMPACT);
            return wanted == null || wanted.equals(impact.word());
        }

        RecordQuery of(Impact impact) {
            RecordQuery some = query.with(Dimension.IMPACT, impact.word());
            return impact == Impact.CUSTOMER ? some : whoFailed(some);
        }

        List<CallRecord> examples(RecordReading records, Impact impact) {
            return isAbout(impact) ? records.list(of(impact), null, examples) : List.of();
        }

        private static RecordQuery whoFailed(RecordQuery query) {
            RecordQuery changed = query;
            String provider = query.values().get(Dimension.PROVIDER);
            String model = query.values().get(Dimension.MODEL);
            if (provider != null) {
                changed = changed.with(Dimension.PROVIDER, null).with(Dimension.FAILED_PROVIDER, provider);
            }
            if (model != null) {
                changed = changed.with(Dimension.MODEL, null).with(Dimension.FAILED_MODEL, model);
            }
            return changed;
        }
    }

    private Question question(Map<String, List<String>> given) {
        RecordFilter filter = RecordFilter.of(given, Period.LENGTH, "limit");
        Period period = Period.of(filter.parameters(), clock.instant(), Period.Length.DAY);
        return new Question(
                filter.values().between(period.from(), period.to()),
                period,
                filter.parameters().number("limit", USUAL_EXAMPLES, MOST_EXAMPLES));
    }

    @Override
    public byte[] json(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        return store.read(records -> json(records, question));
    }

    private byte[] json(RecordReading records, Question question) {
        List<Count> counts = counts(records, question);
        RecordSums total = RecordSums.TOTAL.withoutLatencies();
        JsonWriter json = new JsonWriter(16 * 1024).object();
        question.period.write(json);
        json.number(
                "requests", FigureJson.only(records.sums(question.query, total)).requests());
        impact(
                json,
                CUSTOMER,
                counts.stream().mapToLong(Count::customer).sum(),
                question.examples(records, Impact.CUSTOMER));
        impact(
                json,
                MITIGATED,
                counts.stream().mapToLong(Count::mitigated).sum(),
                question.examples(records, Impact.MITIGATED));
        for (int i = 0; i < KEYS.size(); i++) {
            list(json, i, counts);
        }
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }

    private static void impact(JsonWriter json, String name, long requests, List<CallRecord> examples) {
        json.object(name).number("requests", requests).array("examples");
        for (CallRecord call : examples) {
            json.object();
            RecordJson.members(json, call);
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void list(JsonWriter json, int key, List<Count> counts) {
        json.array(LISTS.get(key));
        List<Count> byKey = counts.stream()
                .map(count ->
                        new Count(Collections.singletonList(count.values.get(key)), count.customer, count.mitigated))
                .toList();
        for (Count count : together(byKey)) {
            json.object()
                    .textOrNull(KEYS.get(key), count.values.getFirst())
                    .number(CUSTOMER, count.customer)
                    .number(MITIGATED, count.mitigated)
                    .endObject();
        }
        json.endArray();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        List<String> columns = new ArrayList<>(KEYS);
        columns.addAll(List.of(CUSTOMER, MITIGATED));
        return new Table(
                "errors",
                columns,
                store.read(records -> counts(records, question)).stream()
                        .map(ErrorAnalytics::row)
                        .iterator());
    }

    private static byte[] row(Count count) {
        JsonWriter json = new JsonWriter().object();
        for (int i = 0; i < KEYS.size(); i++) {
            json.textOrNull(KEYS.get(i), count.values.get(i));
        }
        return json.number(CUSTOMER, count.customer)
                .number(MITIGATED, count.mitigated)
                .endObject()
                .toBytes();
    }

    private static List<Count> counts(RecordReading records, Question question) {
        List<Count> counts = new ArrayList<>();
        if (question.isAbout(Impact.CUSTOMER)) {
            RecordSums wanted = RecordSums.by(Dimension.ERROR_TYPE, Dimension.PROVIDER, Dimension.MODEL)
                    .withoutLatencies();
            for (SumRow row : records.sums(question.of(Impact.CUSTOMER), wanted)) {
                counts.add(new Count(row.values(), row.figures().requests(), 0));
            }
        }
        if (question.isAbout(Impact.MITIGATED)) {
            RecordSums wanted = RecordSums.by(Dimension.ERROR_TYPE, Dimension.FAILED_PROVIDER, Dimension.FAILED_MODEL)
                    .withoutLatencies();
            for (SumRow row : records.sums(question.of(Impact.MITIGATED), wanted)) {
                counts.add(new Count(row.values(), 0, row.figures().requests()));
            }
        }
        return together(counts);
    }

    /** One count for each of the values, the greatest first. */
    private static List<Count> together(List<Count> counts) {
        Map<List<@Nullable String>, Count> byValues = new HashMap<>();
        counts.forEach(count -> byValues.merge(count.values, count, Count::plus));
        return byValues.values().stream()
                .sorted(Comparator.comparing(Count::both)
                        .thenComparing(Count::customer)
                        .reversed()
                        .thenComparing(count -> count.values.toString()))
                .toList();
    }
}
