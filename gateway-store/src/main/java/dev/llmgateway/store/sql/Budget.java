package dev.llmgateway.store.sql;

/** How much one query may contain. What is within it may still be slow, which the time limit of its execution ends. */
final class Budget {

    private static final int MOST_SELECTS = 12;
    private static final int MOST_TABLES = 10;
    private static final int MOST_GROWING = 6;

    private int selects;
    private int tables;
    private int growing;

    void select() {
        if (++selects > MOST_SELECTS) {
            throw new RefusedSql("more than " + MOST_SELECTS + " SELECTs in one query are not allowed");
        }
    }

    void table() {
        if (++tables > MOST_TABLES) {
            throw new RefusedSql("naming tables more than " + MOST_TABLES + " times in one query is not allowed");
        }
    }

    /** A function or an operator that makes longer texts out of short ones. */
    void growing() {
        if (++growing > MOST_GROWING) {
            throw new RefusedSql("joining texts (||, concat, string_agg) more than " + MOST_GROWING
                    + " times in one query is not allowed");
        }
    }
}
