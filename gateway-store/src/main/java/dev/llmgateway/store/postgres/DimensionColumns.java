package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;

/** Where the values of a {@link Dimension} are. */
final class DimensionColumns {

    private DimensionColumns() {}

    /** Its column in tables of sums. */
    static String name(Dimension dimension) {
        return dimension.word();
    }

    /** The same value, made of the columns of {@code proxy_records}. */
    static String expression(Dimension dimension) {
        return switch (dimension) {
            case ERROR_TYPE -> "coalesce(error_type, attempt_error)";
            case TENANT, SOURCE, PROJECT, PROVIDER, MODEL, STATUS, FAILED_PROVIDER, FAILED_MODEL, IMPACT ->
                dimension.word();
        };
    }

    /** No value of it. */
    static String none(Dimension dimension) {
        return dimension == Dimension.STATUS ? "null::integer" : "null::text";
    }
}
