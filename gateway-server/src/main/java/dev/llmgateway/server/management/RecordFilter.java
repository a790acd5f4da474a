package dev.llmgateway.server.management;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the parameters of an address which calls are meant. Whatever is wrong is an {@link InvalidRequestFormatException}
 * that names the parameter and what would be right.
 */
final class RecordFilter {

    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;

    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_CURSOR = 400;

    private static final Map<String, Dimension> BY_NAME = byName();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Pattern CURSOR = Pattern.compile("(-?[0-9]{1,18})/([!-~]{1,128})");
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<String, List<String>> parameters;

    private RecordFilter(Map<String, List<String>> parameters) {
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
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw wrong("query", "has a parameter that is not known: known are " + String.join(", ", known));
            }
            if (values.size() > 1) {
                throw wrong(name, "must be given once, not " + values.size() + " times");
            }
        });
        return new RecordFilter(parameters);
    }

    /** The id of a request, as an address has it. */
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw wrong(
                    "request_id", "must be the x-request-id of an answer: from 1 to 128 letters, digits and _ . : -");
        }
        return text;
    }

    RecordQuery query() {
        Instant from = moment("from");
        Instant to = moment("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw wrong("from", "must be before \"to\"; calls from \"from\" to before \"to\" are meant");
        }
        RecordQuery query = RecordQuery.ALL.between(from, to);
        for (Map.Entry<String, Dimension> each : BY_NAME.entrySet()) {
            query = query.with(each.getValue(), value(each.getKey(), each.getValue()));
        }
        return query;
    }

    private @Nullable String value(String name, Dimension dimension) {
        String text = text(name);
        if (text != null && (text.isEmpty() || text.length() > LONGEST_VALUE)) {
            throw wrong(name, "must have from 1 to " + LONGEST_VALUE + " characters");
        }
        if (text != null
                && dimension == Dimension.STATUS
                && !STATUS.matcher(text).matches()) {
            throw wrong(name, "must be a status of HTTP, from 100 to 599");
        }
        if (text != null
                && dimension == Dimension.IMPACT
                && !List.of("none", "mitigated", "customer").contains(text)) {
            throw wrong(name, "must be none, mitigated or customer");
        }
        return text;
    }

    private @Nullable Instant moment(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "must be a moment as RFC 3339 writes it, such as 2026-11-22T12:00:00Z");
        }
    }

    /** How many calls a page has. */
    int limit() {
        String text = text("limit");
        if (text == null) {
            return USUAL_LIMIT;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw wrong("limit", "must be a whole number from 1 to " + HIGHEST_LIMIT);
        }
        return limit;
    }

    /** Where the page begins; null for the newest call. */
    @Nullable
    RecordCursor cursor() {
        String text = text("cursor");
        if (text == null) {
            return null;
        }
        Matcher parts = CURSOR.matcher(text.length() > LONGEST_CURSOR ? "" : decoded(text));
        if (!parts.matches()) {
            throw wrong("cursor", "must be the next_cursor of the page before, as it was");
        }
        return new RecordCursor(Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS), parts.group(2));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The cursor of the page that begins behind a call. */
    static String cursorAfter(CallRecord call) {
        long micros = call.at().getEpochSecond() * MICROS_PER_SECOND + call.at().getNano() / NANOS_PER_MICRO;
        byte[] place = (micros + "/" + call.requestId()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place);
    }

    private @Nullable String text(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.getFirst();
    }

    private static InvalidRequestFormatException wrong(String name, String what) {
        return new InvalidRequestFormatException(name, what);
    }
}
