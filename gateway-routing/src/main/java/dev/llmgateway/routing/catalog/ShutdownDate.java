package dev.llmgateway.routing.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Reads the days that vendors announce: ISO 8601, as a day or as a moment. */
final class ShutdownDate {

    private static final int LONGEST = 40;
    private static final DateTimeFormatter DAY_OR_MOMENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter();

    private ShutdownDate() {}

    /** The day in UTC; empty when the text is no date. */
    static Optional<LocalDate> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            TemporalAccessor read =
                    DAY_OR_MOMENT.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(
                    read instanceof OffsetDateTime moment
                            ? moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate()
                            : LocalDate.from(read));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
