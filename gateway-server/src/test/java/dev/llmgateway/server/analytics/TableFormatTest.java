package dev.llmgateway.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Tables as files. */
class TableFormatTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static String write(TableFormat format, List<String> columns, String... rows) {
        Iterator<byte[]> bytes = List.of(rows).stream()
                .map(row -> row.getBytes(StandardCharsets.UTF_8))
                .iterator();
        return write(format, new Table("some", columns, bytes));
    }

    private static String write(TableFormat format, Table table) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            format.write(table, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csvHasAHeaderLineAndEndsLinesAsItsStandardSays() {
        String csv = write(
                TableFormat.CSV,
                List.of("a", "b", "c", "d"),
                "{\"a\":\"x\",\"b\":1,\"c\":null,\"d\":true}",
                "{\"d\":[1,{\"e\":\"f\"}],\"a\":\"\"}");

        assertThat(csv).isEqualTo("a,b,c,d\r\nx,1,,true\r\n,,,\"[1,{\"\"e\"\":\"\"f\"\"}]\"\r\n");
    }

    @Test
    void csvQuotesWhatWouldBreakARow() {
        String csv = write(TableFormat.CSV, List.of("a"), "{\"a\":\"x,\\\"y\\\"\"}", "{\"a\":\"x\\r\\ny\"}");

        assertThat(csv).isEqualTo("a\r\n\"x,\"\"y\"\"\"\r\n\"x\r\ny\"\r\n");
    }

    @Test
    void csvTakesTheSenseOutOfFormulas() {
        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\uff1d1")) {
            String row = new String(
                    new JsonWriter().object().text("a", formula).endObject().toBytes(), StandardCharsets.UTF_8);
            assertThat(write(TableFormat.CSV, List.of("a"), row)).isEqualTo("a\r\n'" + formula + "\r\n");
        }
        assertThat(write(TableFormat.CSV, List.of("a"), "{\"a\":-1.5}")).isEqualTo("a\r\n-1.5\r\n");
    }

    @Test
    void aTableWithoutRowsHasItsHeader() {
        assertThat(write(TableFormat.CSV, List.of("a", "b"))).isEqualTo("a,b\r\n");
        assertThat(write(TableFormat.JSON_LINES, List.of("a", "b"))).isEmpty();
    }

    /** Read back by a reader of the standard's grammar. */
    @Property
    void everyTextComesBackFromCsv(@ForAll String one, @ForAll String other) {
        String row = new String(
                new JsonWriter()
                        .object()
                        .text("a", one)
                        .text("b", other)
                        .endObject()
                        .toBytes(),
                StandardCharsets.UTF_8);
        List<String> expected = List.of(
                guarded(Json.parse(row).get("a").stringValue()),
                guarded(Json.parse(row).get("b").stringValue()));

        assertThat(cells(write(TableFormat.CSV, List.of("a", "b"), row).substring("a,b\r\n".length())))
                .isEqualTo(expected);
    }

    private static String guarded(String text) {
        return text.matches("(?s)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20].*") ? "'" + text : text;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || line.startsWith("\r\n", i))) {
                cells.add(cell.toString());
                cell.setLength(0);
                i += c == ',' ? 0 : 1;
            } else {
                cell.append(c);
            }
        }
        return cells;
    }

    @Test
    void theColumnsOfCallsAreTheMembersOfRecords() {
        Calls calls = new Calls().add(Calls.at(NOON).mended("timeout", "down", "gpt"));
        CallRecord call = calls.store.list(RecordQuery.ALL, null, 1).getFirst();

        assertThat(Json.parse(RecordJson.toBytes(call)).propertyNames()).containsExactlyElementsOf(RecordTable.COLUMNS);
    }

    @Test
    void aListIsReadPageByPageToItsEnd() {
        Calls calls = new Calls();
        for (int i = 0; i < 1_201; i++) {
            calls.add(Calls.at(NOON.plusSeconds(i / 2)));
        }
        RecordStore store = calls.store;

        assertThat(ids(new RecordTable(store, RecordQuery.ALL, null, 1_000_000)))
                .hasSize(1_201)
                .doesNotHaveDuplicates();
        assertThat(ids(new RecordTable(store, RecordQuery.ALL, null, 501))).hasSize(501);
        assertThat(ids(new RecordTable(store, RecordQuery.ALL, null, 500))).hasSize(500);
        RecordCursor last =
                RecordCursor.after(store.list(RecordQuery.ALL, null, 1_201).get(1_199));
        assertThat(ids(new RecordTable(store, RecordQuery.ALL, last, 500))).hasSize(1);
    }

    private static List<String> ids(RecordTable table) {
        List<String> ids = new ArrayList<>();
        table.forEachRemaining(row -> ids.add(Json.parse(row).get("request_id").stringValue()));
        return ids;
    }

    @Test
    void theLimitOfATableIsTheMostRowsThatItMayHave() {
        TabularView view = new RequestHistory(new Calls().store).requests();

        assertThatThrownBy(() -> view.table(Map.of("limit", List.of("1000001"))))
                .hasMessageContaining("limit: must be a whole number from 1 to 1000000");
    }
}
