package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Whether twice the text takes about twice the time, for texts that are made to take longer. */
final class Linearity {

    private static final double TARGET = 2.3;
    private static final int MEBI = 1 << 20;
    private static final int ROUNDS = 5;
    private static final int TOKEN = 4;

    private final Scanner scanner;

    Linearity(Scanner scanner) {
        this.scanner = scanner;
    }

    List<Line> measure() {
        StreamGate.Rules rules = StreamGate.rules(scanner, Actions.all(Action.REDACT));
        List<Line> lines = new ArrayList<>();
        hostile().forEach((name, piece) -> {
            lines.add(line("scan", name, piece, MEBI, scanner::scan));
            lines.add(line("gate, 4 characters at a time", name, piece, MEBI / 4, it -> pass(rules, it)));
        });
        return lines;
    }

    private static Map<String, String> hostile() {
        Map<String, String> pieces = new LinkedHashMap<>();
        for (String piece : List.of(
                "sk-",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "eyJ",
                "eyJhbGciOi.",
                "password=",
                "password: ",
                "7",
                "1 1 1 ",
                "4111-",
                "+1 (212) ",
                "@",
                "a.a.a@",
                "://a:",
                "postgres://u:",
                "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
                " ",
                "[[[[",
                "::",
                "\\n",
                "key_",
                "AKIA",
                "\u200b")) {
            pieces.put("\"" + piece.replace("\u200b", "U+200B") + "\" repeated", piece);
        }
        return pieces;
    }

    private static Line line(String how, String name, String piece, int size, Consumer<String> work) {
        long first = nanos(text(piece, size), work);
        long second = nanos(text(piece, 2 * size), work);
        long third = nanos(text(piece, 4 * size), work);
        double worst = Math.max((double) second / first, (double) third / second);
        String figure = String.format(
                Locale.ROOT,
                "x %.2f, x %.2f (%.0f ms for %d KB)",
                (double) second / first,
                (double) third / second,
                third / 1e6,
                4 * size / 1024);
        return Line.atMost("linearity, " + how, name, worst, figure, TARGET);
    }

    /** The least of some rounds: the time that nothing disturbed. */
    private static long nanos(String text, Consumer<String> work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            least = Math.min(least, CpuClock.nanosOf(() -> work.accept(text)));
        }
        return least;
    }

    private static String text(String piece, int size) {
        return piece.repeat(size / piece.length() + 1).substring(0, size);
    }

    private static void pass(StreamGate.Rules rules, String text) {
        StreamGate gate = rules.open();
        for (int from = 0; from < text.length(); from += TOKEN) {
            gate.accept(text.substring(from, Math.min(text.length(), from + TOKEN)));
        }
        gate.finish();
    }
}
