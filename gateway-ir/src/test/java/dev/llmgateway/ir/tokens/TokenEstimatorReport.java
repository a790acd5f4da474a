package dev.llmgateway.ir.tokens;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the tables of {@code docs/token-estimates.md}: errors by kind of text, and CPU time. */
final class TokenEstimatorReport {
    private static final int CALLS = 3000;
    private static final int ROUNDS = 7;

    private TokenEstimatorReport() {}

    public static void main(String[] args) throws IOException {
        List<Double> all = new ArrayList<>();
        EstimateErrors.measure().forEach((kind, errors) -> {
            print(kind, errors);
            all.addAll(errors);
        });
        print("all", all);
        Map<String, List<String>> texts = TokenCorpus.heldOut();
        for (String kind : List.of("english", "java", "json", "chinese", "base64")) {
            String text = String.join("", texts.get(kind));
            System.out.printf(Locale.ROOT, "| %s | %.2f |%n", kind, nanosPerChar(text));
        }
    }

    private static void print(String kind, List<Double> errors) {
        double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %+.1f |%n",
                kind,
                EstimateErrors.percentile(errors, 0.5),
                EstimateErrors.percentile(errors, 0.95),
                100 * mean);
    }

    /** CPU time of this thread, the median of the rounds after the first two, which warm up. */
    private static double nanosPerChar(String text) {
        String document = text.repeat(1 + 16_384 / text.length()).substring(0, 16_384);
        long tokens = 0;
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int call = 0; call < CALLS; call++) {
                tokens += TokenEstimator.estimate(document);
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            rounds.add((double) nanos / CALLS / document.length());
        }
        if (tokens == 0) {
            throw new IllegalStateException("the text has no tokens");
        }
        return rounds.subList(2, ROUNDS).stream().sorted().toList().get((ROUNDS - 2) / 2);
    }
}
