package dev.llmgateway.store.sql;

/**
 * A query that passed the {@link SqlGuard}, written anew from what was understood of it. Only the guard makes these.
 */
public final class SafeQuery {

    private final String with;
    private final String select;
    private final int limit;
    private final boolean isCut;
    private final int offset;

    /**
     * A query.
     *
     * @param with the WITH clause's elements; empty for none
     * @param isCut whether the limit is the guard's, not the query's own
     */
    SafeQuery(String with, String select, int limit, boolean isCut, int offset) {
        this.with = with;
        this.select = select;
        this.limit = limit;
        this.isCut = isCut;
        this.offset = offset;
    }

    /** The query, for people. It is what is executed, but for where the tables come from. */
    public String sql() {
        return (with.isEmpty() ? "" : "WITH " + with + " ") + select + " LIMIT " + limit + skipped();
    }

    /** How many rows it has at most. */
    int limit() {
        return limit;
    }

    /**
     * What is sent. The tables are only what {@link QueryTables} shows of them, whatever columns they have; names of other
     * tables mean nothing. When the limit is the guard's, one row more is asked for, to know whether there are more.
     *
     * @param schema where the tables are
     */
    String statement(String schema) {
        return "WITH " + QueryTables.asCommonTables(schema) + (with.isEmpty() ? "" : ", " + with) + " " + select
                + " LIMIT " + (isCut ? limit + 1 : limit) + skipped();
    }

    private String skipped() {
        return offset == 0 ? "" : " OFFSET " + offset;
    }

    @Override
    public String toString() {
        return sql();
    }
}
