package dev.llmgateway.bench.database;

import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Fills a database when it is empty, asks everything, and prints a table with the medians, and then how the database found each
 * answer. Arguments: the address of a database that may be filled, and how many records (5,000,000 unless said otherwise).
 */
public final class Main {

    private static final int USUAL_RECORDS = 5_000_000;
    private static final int TIMES = 5;
    private static final Duration TARGET = Duration.ofMillis(200);
    private static final double NANOS_PER_MILLI = 1e6;

    private Main() {}

    /** Measures; ends with 1 when an answer took too long. */
    public static void main(String[] args) throws SQLException {
        if (args.length == 0) {
            System.err.println("usage: bench/run records-database postgres://user:password@host/name [RECORDS]");
            System.exit(2);
        }
        int records = args.length > 1 ? Integer.parseInt(args[1]) : USUAL_RECORDS;
        try (Database database = Database.open(DatabaseSettings.of(args[0], 2))) {
            PostgresRecordStore store = new PostgresRecordStore(database);
            fill(database, store, records);
            System.exit(measure(store, System.out) ? 0 : 1);
        }
    }

    private static void fill(Database database, PostgresRecordStore store, int records) throws SQLException {
        long there = database.<Long>read(handle -> handle.createQuery("select seq from chain_head")
                .mapTo(Long.class)
                .one());
        if (there == 0) {
            System.err.println("filling with " + records + " records");
            Records.fill(database, store, records);
            Records.settle(database);
        }
    }

    private static boolean measure(PostgresRecordStore store, PrintStream out) {
        List<Question> questions = Question.all();
        boolean isQuick = true;
        out.println("| question | rows | median ms | slowest of " + TIMES + " ms |\n|---|---:|---:|---:|");
        for (Question question : questions) {
            int rows = question.ask(store);
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                long start = System.nanoTime();
                question.ask(store);
                took.add(System.nanoTime() - start);
            }
            Collections.sort(took);
            long median = took.get(TIMES / 2);
            isQuick &= median < TARGET.toNanos();
            out.println("| " + question.name() + " | " + rows + " | " + millis(median) + " | " + millis(took.getLast())
                    + " |");
        }
        for (Question question : questions) {
            out.println("\n### " + question.name() + "\n```\n" + question.explain(store) + "\n```");
        }
        return isQuick;
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }
}
