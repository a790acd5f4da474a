package dev.llmgateway.store.postgres;

/** How much time one row of sums is about. Each begins at a multiple of its length since 1970 in UTC, so that none overlap. */
enum Span {
    QUARTER_HOUR(900),
    HOUR(3_600),
    SIX_HOURS(21_600),
    DAY(86_400),
    WEEK(604_800);

    private final int seconds;

    Span(int seconds) {
        this.seconds = seconds;
    }

    int seconds() {
        return seconds;
    }

    /** The begin of the span that a second is in. */
    long floor(long second) {
        return Math.floorDiv(second, (long) seconds) * seconds;
    }

    /** The same second when a span begins there, else the begin of the next one. */
    long ceil(long second) {
        return floor(second + seconds - 1);
    }
}
