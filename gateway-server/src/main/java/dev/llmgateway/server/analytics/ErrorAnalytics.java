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
import java.util.stream.Stream;
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

    private static final List<@Nullable String> NO_VALUES = Collections.nCopies(KEYS.size(), null);

    private static final String IS_OTHERS = "others";

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

        JsonWriter members(JsonWriter json) {
            return json.number(CUSTOMER, customer).number(MITIGATED, mitigated);
        }
    }

    /**
     * What failed.
     *
     * @param listed one count for each error type of a provider's model
     * @param all also what a store does not list, there being too many of these
     */
    private record Failures(List<Count> listed, Count all) {

        /** What is not listed; null when there is nothing. */
        @Nullable
        Count others() {
            long customer =
                    all.customer - listed.stream().mapToLong(Count::customer).sum();
            long mitigated =
                    all.mitigated - listed.stream().mapToLong(Count::mitigated).sum();
            return customer + mitigated == 0 ? null : new Count(NO_VALUES, customer, mitigated);
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
        Failures failures = failures(records, question);
        RecordSums total = RecordSums.TOTAL.withoutLatencies();
        JsonWriter json = new JsonWriter(16 * 1024).object();
        question.period.write(json);
        json.number(
                "requests", FigureJson.only(records.sums(question.query, total)).requests());
        impact(json, CUSTOMER, failures.all.customer, question.examples(records, Impact.CUSTOMER));
        impact(json, MITIGATED, failures.all.mitigated, question.examples(records, Impact.MITIGATED));
        for (int i = 0; i < KEYS.size(); i++) {
            list(json, i, failures.listed);
        }
        Count others = failures.others();
        if (others == null) {
            json.nothing(IS_OTHERS);
        } else {
            others.members(json.object(IS_OTHERS)).endObject();
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
            count.members(json.object().textOrNull(KEYS.get(key), count.values.getFirst()))
                    .endObject();
        }
        json.endArray();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        List<String> columns = new ArrayList<>(KEYS);
        columns.addAll(List.of(CUSTOMER, MITIGATED, IS_OTHERS));
        Failures failures = store.read(records -> failures(records, question));
        Count others = failures.others();
        Stream<byte[]> rows = failures.listed.stream().map(count -> row(count, false));
        Stream<byte[]> last = others == null ? Stream.empty() : Stream.of(row(others, true));
        return new Table("errors", columns, Stream.concat(rows, last).iterator());
    }

    private static byte[] row(Count count, boolean isOthers) {
        JsonWriter json = new JsonWriter().object();
        for (int i = 0; i < KEYS.size(); i++) {
            json.textOrNull(KEYS.get(i), count.values.get(i));
        }
        return count.members(json).bool(IS_OTHERS, isOthers).endObject().toBytes();
    }

    private static Failures failures(RecordReading records, Question question) {
        List<Count> listed = new ArrayList<>();
        long customer = 0;
        long mitigated = 0;
        if (question.isAbout(Impact.CUSTOMER)) {
            List<SumRow> rows = rows(records, question, Impact.CUSTOMER, Dimension.PROVIDER, Dimension.MODEL);
            rows.forEach(row -> listed.add(new Count(row.values(), row.figures().requests(), 0)));
            customer = requests(records, question.of(Impact.CUSTOMER), rows);
        }
        if (question.isAbout(Impact.MITIGATED)) {
            List<SumRow> rows =
                    rows(records, question, Impact.MITIGATED, Dimension.FAILED_PROVIDER, Dimension.FAILED_MODEL);
            rows.forEach(
                    row -> listed.add(new Count(row.values(), 0, row.figures().requests())));
            mitigated = requests(records, question.of(Impact.MITIGATED), rows);
        }
        return new Failures(together(listed), new Count(NO_VALUES, customer, mitigated));
    }

    private static List<SumRow> rows(
            RecordReading records, Question question, Impact impact, Dimension provider, Dimension model) {
        RecordSums wanted = RecordSums.by(Dimension.ERROR_TYPE, provider, model).withoutLatencies();
        return records.sums(question.of(impact), wanted);
    }

    /** All calls of a query, of which there may be more than a store lists rows. */
    private static long requests(RecordReading records, RecordQuery query, List<SumRow> rows) {
        if (rows.size() < RecordReading.MOST_ROWS) {
            return rows.stream().mapToLong(row -> row.figures().requests()).sum();
        }
        return FigureJson.only(records.sums(query, RecordSums.TOTAL.withoutLatencies()))
                .requests();
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
