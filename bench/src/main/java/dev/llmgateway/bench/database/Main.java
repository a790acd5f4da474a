package dev.llmgateway.bench.database;

import dev.llmgateway.server.analytics.Analytics;
import dev.llmgateway.store.postgres.AuditChain;
import dev.llmgateway.store.postgres.AuditReport;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Fills a database when it is empty, asks every endpoint that reads records what is dear to answer, and prints a table of what the
 * database worked for it, then how it found what took it longest, and how long verifying the chain of entries takes. Arguments: the
 * address of a database that may be filled, how many records (5,000,000 unless said otherwise), and a regular expression: then only
 * the requests in which it is found are asked, and the chain is not verified.
 */
public final class Main {

    private static final int USUAL_RECORDS = 5_000_000;
    private static final int TIMES = 5;
    private static final double TARGET_MILLIS = 200;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Some time before the last record, so that no period ends with a bucket. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:20:30.123456Z"));

    private Main() {}

    /** Measures; ends with 1 when an answer took too long. */
    public static void main(String[] args) throws SQLException {
        if (args.length == 0) {
            System.err.println(
                    "usage: bench/run records-database postgres://user:password@host/name [RECORDS [PATTERN]]");
            System.exit(2);
        }
        int records = args.length > 1 ? Integer.parseInt(args[1]) : USUAL_RECORDS;
        boolean isQuick;
        try (Database database = Database.open(DatabaseSettings.of(args[0], 1))) {
            PostgresRecordStore store = new PostgresRecordStore(database);
            fill(database, store, records);
            isQuick = measure(database, store, questions(args), System.out);
            if (args.length < 3) {
                verify(database, System.out);
            }
        }
        System.exit(isQuick ? 0 : 1);
    }

    private static List<Question> questions(String[] args) {
        Pattern pattern = Pattern.compile(args.length > 2 ? args[2] : "");
        return Question.all().stream()
                .filter(question -> pattern.matcher(question.address()).find())
                .toList();
    }

    private static void fill(Database database, PostgresRecordStore store, int records) throws SQLException {
        long there = database.<Long>read(handle -> handle.createQuery("select seq from chain_head")
                .mapTo(Long.class)
                .one());
        if (there == 0) {
            long start = System.nanoTime();
            System.err.println("filling with " + records + " records");
            Records.fill(database, store, records);
            Records.settle(database);
            System.err.println("filled within " + seconds(start) + " s");
        }
    }

    /** What one question took: the dearest step of the round that took the median of work, all steps, and as it was felt. */
    private record Round(WatchedStore.Step dearest, long work, int steps, long felt) {

        static Round of(List<WatchedStore.Step> steps, long felt) {
            return new Round(
                    steps.stream()
                            .max(Comparator.comparingLong(WatchedStore.Step::nanos))
                            .orElseThrow(),
                    steps.stream().mapToLong(WatchedStore.Step::nanos).sum(),
                    steps.size(),
                    felt);
        }
    }

    private static boolean measure(
            Database database, PostgresRecordStore store, List<Question> questions, PrintStream out) {
        out.println("| request | queries | rows of the dearest | work for it, ms | work for all, ms | felt, ms |");
        out.println("|---|---:|---:|---:|---:|---:|");
        boolean isQuick = true;
        StringBuilder plans = new StringBuilder();
        for (Question question : questions) {
            Round round = round(question, new WatchedStore(store, BackendWork.of(database)));
            double millis = round.dearest.nanos() / NANOS_PER_MILLI;
            isQuick &= millis < TARGET_MILLIS;
            out.printf(
                    Locale.ROOT,
                    "| `%s` | %d | %d | %.1f | %.1f | %.1f |%n",
                    question.address(),
                    round.steps,
                    round.dearest.rows(),
                    millis,
                    round.work / NANOS_PER_MILLI,
                    round.felt / NANOS_PER_MILLI);
            plans.append("\n### ").append(question.address()).append("\n```\n");
            plans.append(round.dearest.plan().get()).append("\n```\n");
        }
        out.print(plans);
        return isQuick;
    }

    /** The median of some rounds, after one that does not count. */
    private static Round round(Question question, WatchedStore store) {
        Analytics analytics = new Analytics(store, CLOCK, List.of());
        question.ask(analytics);
        store.takeSteps();
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            question.ask(analytics);
            long felt = System.nanoTime() - start;
            rounds.add(Round.of(store.takeSteps(), felt));
        }
        rounds.sort(Comparator.comparingLong(Round::work));
        return rounds.get(TIMES / 2);
    }

    private static void verify(Database database, PrintStream out) {
        long start = System.nanoTime();
        AuditReport report = AuditChain.verify(database, null);
        out.println("\naudit verify: " + report.calls() + " calls within " + seconds(start) + " s");
    }

    private static String seconds(long start) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / NANOS_PER_SECOND);
    }
}
