package dev.llmgateway.server.analytics;

import dev.llmgateway.ir.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** How a table is written. */
public enum TableFormat {
    /**
     * RFC 4180, in UTF-8: a header line, commas, lines that end with CR and LF. What is null is empty. A text that a spreadsheet
     * would take for a formula begins with an apostrophe, because callers choose some of these texts; numbers are never changed.
     */
    CSV("text/csv; charset=utf-8; header=present", "csv") {
        @Override
        public void write(Table table, OutputStream out) throws IOException {
            out.write(line(table.columns()));
            while (table.rows().hasNext()) {
                JsonNode row = Json.parse(table.rows().next());
                out.write(line(table.columns().stream()
                        .map(column -> cell(row.path(column)))
                        .toList()));
            }
        }
    },
    /** One JSON object a line. */
    JSON_LINES("application/x-ndjson", "ndjson") {
        @Override
        public void write(Table table, OutputStream out) throws IOException {
            while (table.rows().hasNext()) {
                out.write(table.rows().next());
                out.write('\n');
            }
        }
    };

    /** What spreadsheets take for the begin of a formula, also in its full width, or skip before one. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final String contentType;
    private final String suffix;

    TableFormat(String contentType, String suffix) {
        this.contentType = contentType;
        this.suffix = suffix;
    }

    /** Its media type, with parameters. */
    public String contentType() {
        return contentType;
    }

    /** What the names of such files end with. */
    public String suffix() {
        return suffix;
    }

    /**
     * Writes all rows, each when it has been read.
     *
     * @throws IOException when {@code out} does not take them
     */
    public abstract void write(Table table, OutputStream out) throws IOException;

    private static String cell(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        }
        return value.isNull() || value.isMissingNode() ? "" : Json.writeString(value);
    }

    private static byte[] line(List<String> cells) {
        return (cells.stream().map(TableFormat::quoted).collect(Collectors.joining(",")) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String cell) {
        boolean needsQuotes = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return needsQuotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
