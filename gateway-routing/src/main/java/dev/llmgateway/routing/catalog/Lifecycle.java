package dev.llmgateway.routing.catalog;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is in its life. Immutable.
 *
 * @param status as its vendor has it
 * @param retireOn the announced day (UTC) from which its vendor does not serve it; null when none is announced
 * @param replacement the id of the card to use then; null when none is named
 * @param retireNotBefore the day (UTC) until which its vendor promises to serve it; null for no promise
 * @param note what else there is to say; null for nothing
 */
public record Lifecycle(
        Status status,
        @Nullable LocalDate retireOn,
        @Nullable String replacement,
        @Nullable LocalDate retireNotBefore,
        @Nullable String note) {

    /** In use, and no end in sight. */
    public static final Lifecycle ACTIVE = new Lifecycle(Status.ACTIVE, null, null);

    /** A lifecycle of which no more is known. */
    public Lifecycle(Status status, @Nullable LocalDate retireOn, @Nullable String replacement) {
        this(status, retireOn, replacement, null, null);
    }

    /** The states of a life. */
    public enum Status {
        PREVIEW,
        ACTIVE,
        /** Served, but superseded. */
        LEGACY,
        /** Served, and its end is announced. */
        DEPRECATED,
        /** Not served any more. */
        RETIRED;

        /** The status as files and answers spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it is gone on this day (UTC). */
    public boolean isRetired(LocalDate today) {
        return status == Status.RETIRED || (retireOn != null && !today.isBefore(retireOn));
    }
}
