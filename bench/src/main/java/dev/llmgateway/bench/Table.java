package dev.llmgateway.bench;

import java.util.ArrayList;
import java.util.List;

/** A plain text table; columns whose cells are numbers are set flush right. */
public final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    public Table(List<String> headings) {
        lines.add(List.copyOf(headings));
    }

    /** @throws IllegalArgumentException when the number of cells differs from the headings' */
    public void add(List<String> cells) {
        if (cells.size() != lines.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells for " + lines.get(0).size() + " columns");
        }
        lines.add(List.copyOf(cells));
    }

    public String render() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                row.append(column == 0 ? "" : "  ").append(padded(line.get(column), widths[column], isNumeric(column)));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private boolean isNumeric(int column) {
        return lines.size() > 1
                && lines.stream().skip(1).allMatch(line -> line.get(column).matches("-|-?[0-9][0-9.]*"));
    }

    private static String padded(String cell, int width, boolean right) {
        String spaces = " ".repeat(width - cell.length());
        return right ? spaces + cell : cell + spaces;
    }
}
