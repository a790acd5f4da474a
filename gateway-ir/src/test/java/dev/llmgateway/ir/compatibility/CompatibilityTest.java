package dev.llmgateway.ir.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.codec.WireError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What becomes of every feature on each of the nine ways from a client's dialect to a provider's. Nothing is lost in silence,
 * and {@code docs/compatibility.md} says exactly what was found; {@code -Dcompatibility.rewrite=true} writes its tables anew,
 * to be read again.
 */
class CompatibilityTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final boolean REWRITE = Boolean.getBoolean("compatibility.rewrite");
    private static final List<Way> WAYS = Way.all();
    private static final WireError ERROR =
            new WireError(429, WireError.Kind.RATE_LIMIT, "too many requests", "rate_limit_exceeded", null);

    private record Row(String title, List<String> cells) {
        @Override
        public String toString() {
            return "| " + title + " | " + String.join(" | ", cells) + " |";
        }
    }

    @Test
    void requests() throws IOException {
        compare(
                "requests",
                Stream.of(RequestFeature.values())
                        .map(it -> row(it.title(), way -> RequestTrial.cell(it, way)))
                        .toList());
    }

    @Test
    void answers() throws IOException {
        Stream<Row> features = Stream.of(AnswerFeature.values()).map(CompatibilityTest::answer);
        Stream<Row> errors = Stream.of(
                row("error instead of an answer", way -> AnswerTrial.error(ERROR, way)),
                row("error in the middle of a stream", way -> AnswerTrial.errorInTheStream(ERROR, way)),
                row("members of an error that nobody knows yet", way -> AnswerTrial.membersOfAnError(ERROR, way)));
        compare("answers", Stream.concat(features, errors).toList());
    }

    private static Row row(String title, Function<Way, Cell> cell) {
        return new Row(
                title, WAYS.stream().map(way -> cell.apply(way).toString()).toList());
    }

    /** Whole answers and streams must say the same. */
    private static Row answer(AnswerFeature feature) {
        Row whole = row(feature.title(), way -> AnswerTrial.whole(feature, way));
        assertThat(row(feature.title(), way -> AnswerTrial.streamed(feature, way)))
                .as("streamed")
                .isEqualTo(whole);
        return whole;
    }

    private static void compare(String name, List<Row> rows) throws IOException {
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.cells()).as(row.title()).doesNotContain(Cell.LOST.toString()));
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        String table = table(rows);
        if (REWRITE) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(table);
        }
    }

    private static String table(List<Row> rows) {
        String head = WAYS.stream().map(Way::title).collect(Collectors.joining(" | "));
        return "| | " + head + " |\n|---|" + "---|".repeat(WAYS.size()) + "\n"
                + rows.stream().map(row -> row + "\n").collect(Collectors.joining());
    }
}
