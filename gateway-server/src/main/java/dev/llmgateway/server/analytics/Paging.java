package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters {@code limit} and {@code cursor} of lists that come page by page, the newest first. */
final class Paging {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;
    private static final int LONGEST_CURSOR = 400;

    private static final Pattern PLACE = Pattern.compile("(-?[0-9]{1,18})/([!-~]{1,128})");

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private Paging() {}

    /** How many entries a page has. */
    static int limit(Parameters parameters) {
        return parameters.number(LIMIT, USUAL_LIMIT, HIGHEST_LIMIT);
    }

    /** Where the page begins; null for the newest entry. */
    static @Nullable RecordCursor cursor(Parameters parameters) {
        String text = parameters.given(CURSOR);
        if (text == null) {
            return null;
        }
        Matcher parts = PLACE.matcher(text.length() > LONGEST_CURSOR ? "" : decoded(text));
        if (parts.matches()) {
            Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
            if (Parameters.isMoment(at)) {
                return new RecordCursor(at, parts.group(2));
            }
        }
        throw Parameters.wrong(CURSOR, "must be the next_cursor of the page before, as it was");
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The cursor of the page that begins behind an entry. */
    static String cursorAfter(Instant at, String id) {
        long micros = at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
        byte[] place = (micros + "/" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place);
    }
}
