package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How many megabytes (of 1,000,000 bytes) a second of one processor scans, all kinds on: the median of rounds after a warm-up. */
final class Throughput {

    private static final long WARM_NANOS = 3_000_000_000L;
    private static final long ROUND_NANOS = 400_000_000L;
    private static final int ROUNDS = 9;

    private final Scanner scanner;

    Throughput(Scanner scanner) {
        this.scanner = scanner;
    }

    List<Line> measure() throws IOException {
        List<Line> lines = new ArrayList<>();
        lines.add(line(Corpus.prose(), 40));
        lines.add(line(Corpus.code(), 30));
        lines.add(line(Corpus.dense(4_096), 10));
        lines.add(line(Corpus.dense(512), 10));
        lines.add(withPattern("EMP-[0-9]{6}"));
        lines.add(withPattern("[A-Z]{3}-[0-9]{6}"));
        lines.add(withPattern("(?i)emp-[0-9]{6}"));
        return lines;
    }

    private Line line(Corpus corpus, double target) {
        double[] rounds = rounds(scanner, corpus);
        return Line.atLeast("throughput", corpus.name(), rounds[ROUNDS / 2], figure(corpus, rounds), target);
    }

    private static Line withPattern(String regex) throws IOException {
        Corpus prose = Corpus.prose();
        Scanner own = Scanner.builder().pattern(Kind.custom("own"), regex).build();
        return Line.told("throughput", "prose, with the pattern " + regex, figure(prose, rounds(own, prose)));
    }

    /** In ascending order. */
    private static double[] rounds(Scanner scanner, Corpus corpus) {
        round(scanner, corpus, WARM_NANOS);
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = round(scanner, corpus, ROUND_NANOS);
        }
        Arrays.sort(rounds);
        return rounds;
    }

    private static String figure(Corpus corpus, double[] rounds) {
        return String.format(
                Locale.ROOT,
                "%.1f MB per CPU second (%.1f to %.1f; %d documents)",
                rounds[ROUNDS / 2],
                rounds[0],
                rounds[ROUNDS - 1],
                corpus.documents().size());
    }

    /** Scans the corpus over and over for so long. */
    private static double round(Scanner scanner, Corpus corpus, long nanos) {
        long bytes = 0;
        long taken = 0;
        long once = corpus.bytes();
        while (taken < nanos) {
            taken += CpuClock.nanosOf(() -> corpus.documents().forEach(scanner::scan));
            bytes += once;
        }
        return bytes / 1e6 / (taken / 1e9);
    }
}
