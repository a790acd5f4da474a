package dev.llmgateway.bench.compliance;

import dev.llmgateway.bench.Table;
import dev.llmgateway.compliance.Scanner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the scanner and prints every target with its figure. Exit status: 0 when it could measure, also when a target is
 * missed; 2 when it could not.
 */
final class Main {

    /** A part of the measurement. */
    @FunctionalInterface
    private interface Section {
        List<Line> measure() throws IOException;
    }

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = 0;
        try {
            run(List.of(args), out, progress);
        } catch (IllegalArgumentException | IOException failed) {
            progress.println("cannot measure: " + failed.getMessage());
            status = 2;
        }
        System.exit(status);
    }

    private static void run(List<String> wanted, PrintStream out, PrintStream progress) throws IOException {
        Map<String, Section> sections = sections(Scanner.defaults());
        for (String name : wanted) {
            if (!sections.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no part is called '" + name + "'; parts: " + String.join(", ", sections.keySet()));
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, Section> section : sections.entrySet()) {
            if (wanted.isEmpty() || wanted.contains(section.getKey())) {
                progress.println(section.getKey());
                lines.addAll(section.getValue().measure());
            }
        }
        Table table = new Table(Line.HEADINGS);
        lines.forEach(line -> table.add(line.cells()));
        out.println(table.render());
        long targets = lines.stream().filter(it -> !it.target().isEmpty()).count();
        out.println(lines.stream().filter(Line::missed).count() + " of " + targets + " targets missed; Java "
                + Runtime.version());
    }

    private static Map<String, Section> sections(Scanner scanner) {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("accuracy", new Accuracy(scanner)::measure);
        sections.put("streams", new Streams(scanner)::measure);
        sections.put("hold", new Holds(scanner)::measure);
        sections.put("throughput", new Throughput(scanner)::measure);
        sections.put("linearity", new Linearity(scanner)::measure);
        return sections;
    }
}
