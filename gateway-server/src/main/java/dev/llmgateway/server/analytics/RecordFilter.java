package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Impact;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the parameters of an address which calls are meant. Whatever is wrong is an {@link InvalidRequestFormatException}
 * that names the parameter and what would be right.
 */
final class RecordFilter {

    private static final List<String> IMPACTS =
            Arrays.stream(Impact.values()).map(Impact::word).toList();

    private static final Map<String, Dimension> BY_NAME = byName();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    private final Parameters parameters;

    private RecordFilter(Parameters parameters) {
        this.parameters = parameters;
    }

    private static Map<String, Dimension> byName() {
        Map<String, Dimension> names = new TreeMap<>();
        for (Dimension dimension : Dimension.values()) {
            names.put(dimension.word(), dimension);
        }
        return names;
    }

    /** Those of an address that may have {@code more} parameters, too. */
    static RecordFilter of(Map<String, List<String>> parameters, String... more) {
        List<String> known = new ArrayList<>(BY_NAME.keySet());
        known.addAll(List.of("from", "to"));
        known.addAll(List.of(more));
        return new RecordFilter(Parameters.of(parameters, known));
    }

    /** The parameters themselves, to read the others of them. */
    Parameters parameters() {
        return parameters;
    }

    /** The id of a request, as an address has it. */
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw Parameters.wrong(
                    "request_id", "must be the x-request-id of an answer: from 1 to 128 letters, digits and _ . : -");
        }
        return text;
    }

    /** The calls that have the wanted values, of any time. */
    RecordQuery values() {
        RecordQuery query = RecordQuery.ALL;
        for (Map.Entry<String, Dimension> each : BY_NAME.entrySet()) {
            query = query.with(each.getValue(), value(each.getKey(), each.getValue()));
        }
        return query;
    }

    /** How many calls a page has. */
    int limit() {
        return Paging.limit(parameters);
    }

    /** Where the page begins; null for the newest call. */
    @Nullable
    RecordCursor cursor() {
        return Paging.cursor(parameters);
    }

    /** The calls that are meant. */
    RecordQuery query() {
        Instant from = parameters.moment("from");
        Instant to = parameters.moment("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw Parameters.wrong("from", "must be before \"to\"; calls from \"from\" to before \"to\" are meant");
        }
        return values().between(from, to);
    }

    private @Nullable String value(String name, Dimension dimension) {
        String text = dimension == Dimension.IMPACT ? parameters.choice(name, IMPACTS) : parameters.text(name);
        if (text != null
                && dimension == Dimension.STATUS
                && !STATUS.matcher(text).matches()) {
            throw Parameters.wrong(name, "must be a status of HTTP, from 100 to 599");
        }
        return text;
    }
}
