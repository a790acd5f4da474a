package dev.llmgateway.server.faults;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The findings as one table in Markdown: a line for each fault and kind of call, as long as all dialects agree. */
final class FaultTable {

    private final List<Finding> findings;

    FaultTable(List<Finding> findings) {
        this.findings = findings;
    }

    /** The table, with or without the times, which differ from run to run. */
    String render(boolean times) {
        StringBuilder table = new StringBuilder();
        List<String> heads = List.of(
                "fault of the first provider",
                "call",
                "answered by",
                "client saw",
                "recorded",
                "alone: client saw",
                "alone: recorded");
        line(table, heads, times ? "ms" : "");
        line(table, heads.stream().map(head -> "---").toList(), times ? "---:" : "");
        for (FaultRow row : FaultList.all(Tongue.OPENAI)) {
            List<String> whole = cells(row.name(), false);
            List<String> stream = cells(row.name(), true);
            if (whole.equals(stream)) {
                line(table, with(row.name(), "both", stream), times ? longest(row.name(), true) : "");
                continue;
            }
            if (!whole.getFirst().isEmpty()) {
                line(table, with(row.name(), "whole", whole), times ? longest(row.name(), false) : "");
            }
            line(table, with(row.name(), "stream", stream), times ? longest(row.name(), true) : "");
        }
        return table.toString();
    }

    private List<Finding> of(String row, boolean stream, boolean alone) {
        return findings.stream()
                .filter(finding -> finding.what().row().name().equals(row))
                .filter(finding -> finding.what().stream() == stream && finding.alone() == alone)
                .toList();
    }

    private List<String> cells(String row, boolean stream) {
        List<Finding> two = of(row, stream, false);
        List<Finding> alone = of(row, stream, true);
        return List.of(
                told(two, Finding::answeredBy),
                told(two, Finding::clientSaw),
                told(two, Finding::recorded),
                told(alone, Finding::clientSaw),
                told(alone, Finding::recorded));
    }

    /** Where dialects differ, each way once. */
    private static String told(List<Finding> findings, Function<Finding, String> what) {
        Set<String> ways = new LinkedHashSet<>();
        findings.forEach(finding -> ways.add(what.apply(finding)));
        return String.join("; or ", ways);
    }

    private String longest(String row, boolean stream) {
        return Long.toString(
                of(row, stream, false).stream().mapToLong(Finding::millis).max().orElse(0));
    }

    private static List<String> with(String row, String call, List<String> cells) {
        List<String> all = new ArrayList<>(List.of(row, call));
        all.addAll(cells);
        return all;
    }

    private static void line(StringBuilder table, List<String> cells, String last) {
        table.append("| ")
                .append(String.join(" | ", cells))
                .append(last.isEmpty() ? "" : " | " + last)
                .append(" |\n");
    }
}
