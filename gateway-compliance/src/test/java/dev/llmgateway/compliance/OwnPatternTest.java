package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPatternTest {

    private static final Kind EMPLOYEE = Kind.custom("employee");

    private static Scanner scanner(String regex, int maxLength) {
        return Scanner.builder()
                .kinds(List.of())
                .pattern(EMPLOYEE, regex, maxLength)
                .build();
    }

    private static String redacted(String regex, int maxLength, String text) {
        return scanner(regex, maxLength).redact(text).replace("[REDACTED:employee]", "#");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EMP-[0-9]{6} | 128 | a EMP-123456, EMP-1234567 | a #, #7",
                "\\bEMP-\\d{6}\\b | 128 | a EMP-123456, EMP-1234567 XEMP-123456 | a #, EMP-1234567 XEMP-123456",
                "(?i)emp-\\d+ | 128 | Emp-1 eMP-22 | # #",
                "a+ | 4 | aaaaaaaaaab | ###b",
                "`a|ab` | 128 | ab | #b",
                "^a | 128 | a ba | # ba",
                "(?m)^a | 128 | ba | ba",
                "a$ | 128 | aba | ab#",
                "\\Qa$b | 128 | xa$b | x#",
                "[]^$]b | 128 | $b ^b ]b ab | # # # ab",
                "x.*y | 4 | x23y x234y xy | # x234y #",
                ". | 1 | ab | ##",
            })
    void findsTheLeftmostMatchWithinItsLength(String regex, int maxLength, String text, String expected) {
        assertThat(redacted(regex, maxLength, text)).isEqualTo(expected);
        EveryCut.isTheSame(scanner(regex, maxLength), text);
    }

    @Test
    void neverSplitsASurrogatePair() {
        String text = "a\uD83D\uDE00b\uD83D\uDE00\uD83D";
        for (int length = 1; length <= 4; length++) {
            EveryCut.isTheSame(scanner("[^a]+", length), text);
            assertThat(redacted("[^a]+", length, "a\uD83D\uDE00")).matches("a(#|\uD83D\uDE00)");
        }
        assertThat(redacted(".", 1, "\uD83D\uDE00b")).isEqualTo("\uD83D\uDE00#");
    }

    @Test
    void overlappingFindingsBecomeOne() {
        Scanner scanner = Scanner.builder()
                .pattern(EMPLOYEE, "mail [a-z.]+")
                .pattern(Kind.custom("word"), "example[.]org or")
                .build();
        String text = "now mail jane.doe@example.org or not";
        assertThat(scanner.redact(text)).isEqualTo("now [REDACTED:employee] not");
        EveryCut.isTheSame(scanner, text);
    }

    @Test
    void allowedValuesPass() {
        Scanner scanner = Scanner.builder()
                .pattern(EMPLOYEE, "EMP-\\d{6}")
                .allow(List.of("EMP-000000"))
                .build();
        assertThat(scanner.redact("EMP-000000 EMP-000001")).isEqualTo("EMP-000000 [REDACTED:employee]");
    }

    @Test
    void aStreamIsHeldBackByTheLengthOfAMatchOnly() {
        StreamGate gate = StreamGate.rules(scanner("EMP-\\d{6}", 20), Actions.all(Action.REDACT))
                .open();
        gate.accept("some words that are not held back for long");
        assertThat(gate.held()).isEqualTo(19);
        StreamGate watching = StreamGate.rules(scanner("EMP-\\d{6}", 20), Actions.all(Action.LOG_ONLY))
                .open();
        assertThat(watching.accept("some words")).isEqualTo("some words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*", "a?|b", "\\b", "^$", "(?:)", "\\b\\w*\\b", "a{0,3}$"})
    void refusesWhatCanMatchTheEmptyString(String regex) {
        assertThatThrownBy(() -> Scanner.builder().pattern(EMPLOYEE, regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"employee\" can match the empty string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(", "a)|(b", "[a", "(?=a)b", "(a)\\1", "a**"})
    void refusesWhatDoesNotCompile(String regex) {
        assertThatThrownBy(() -> Scanner.builder().pattern(EMPLOYEE, regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"employee\" is no regular expression of RE2");
    }

    @Test
    void refusesABuiltInKindAndALengthOutOfRange() {
        assertThatThrownBy(() -> Scanner.builder().pattern(Kind.EMAIL, "a"))
                .hasMessageContaining("\"email\" is built in")
                .hasMessageContaining("own_email");
        assertThatThrownBy(() -> Scanner.builder().pattern(EMPLOYEE, "a", 0)).hasMessageContaining("1 to 1024");
        assertThatThrownBy(() -> Scanner.builder().pattern(EMPLOYEE, "a", 1025)).hasMessageContaining("not 1025");
    }

    @Test
    void looksAtEachPlaceABoundedNumberOfTimes() {
        Scanner scanner = scanner("a.*b$|a[^c]*c", 128);
        String hostile = ("a".repeat(200) + "b ").repeat(500);
        long small = nanos(scanner, hostile);
        long large = nanos(scanner, hostile.repeat(4));
        assertThat(large).isLessThan(12 * Math.max(small, 20_000_000));
    }

    private static long nanos(Scanner scanner, String text) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            scanner.scan(text);
            least = Math.min(least, System.nanoTime() - begun);
        }
        return least;
    }

    @Property(tries = 400)
    void findsTheSameWhereverThePiecesEnd(@ForAll("regexes") String regex, @ForAll("texts") String text) {
        Scanner scanner;
        try {
            scanner = scanner(regex, 1 + Math.floorMod(text.hashCode(), 9));
        } catch (IllegalArgumentException matchesEmptyString) {
            return;
        }
        EveryCut.isTheSame(scanner, text);
    }

    @Provide
    Arbitrary<String> regexes() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "ab",
                        "[ab]",
                        "[^a]",
                        ".",
                        "\\b",
                        "\\B",
                        "^",
                        "$",
                        "(?m)$",
                        " ",
                        "\\w",
                        "|",
                        "*",
                        "+",
                        "?",
                        "{2}",
                        "\uD83D\uDE00")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(it -> String.join("", it));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "ab", " ", "\n", "\uD83D\uDE00", "\uD83D", "c")
                .list()
                .ofMaxSize(24)
                .map(it -> String.join("", it));
    }
}
