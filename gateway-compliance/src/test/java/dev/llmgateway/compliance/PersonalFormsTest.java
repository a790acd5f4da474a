package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalFormsTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Kind.builtIn().stream()
                    .filter(it -> it.category() == Category.PERSONAL)
                    .toList())
            .build();

    /** The kinds and values that are found, such as {@code email a@example.org}. */
    private static List<String> found(String text) {
        return SCANNER.scan(text).stream()
                .map(it -> it.kind().id() + " " + text.substring(it.start(), it.end()))
                .toList();
    }

    @Property
    void findsEveryCardOfAnIssuerWithItsCheckDigit(@ForAll("cards") String card, @ForAll("groups") String separator) {
        String grouped = card.length() == 15 ? groups(card, separator, 4, 6, 5) : fours(card, separator);
        assertThat(found("paid with " + grouped + ", thanks")).containsExactly("payment_card " + grouped);
        String wrong = grouped.substring(0, grouped.length() - 1) + other(grouped.charAt(grouped.length() - 1));
        assertThat(found("paid with " + wrong + ", thanks")).noneMatch(it -> it.startsWith("payment_card"));
    }

    @Provide
    Arbitrary<String> cards() {
        return Arbitraries.of(
                        "4:16", "51:16", "55:16", "2221:16", "2720:16", "34:15", "37:15", "6011:16", "65:16", "3528:16",
                        "62:16")
                .flatMap(it -> {
                    String prefix = it.substring(0, it.indexOf(':'));
                    int length = Integer.parseInt(it.substring(it.indexOf(':') + 1));
                    return Arbitraries.strings()
                            .numeric()
                            .ofLength(length - 1 - prefix.length())
                            .map(rest -> prefix + rest + luhnDigit(prefix + rest));
                });
    }

    @Provide
    Arbitrary<String> groups() {
        return Arbitraries.of("", " ", "-");
    }

    @Property
    void findsEveryAccountNumberWithItsCheckDigitsAndNoneWithAnotherDigit(
            @ForAll("accounts") String account,
            @ForAll boolean spaces,
            @ForAll @IntRange(min = 4, max = 14) int changed) {
        String written = spaces ? fours(account, " ") : account;
        assertThat(found("to " + written + " please")).containsExactly("iban " + written);
        String wrong = account.substring(0, changed) + other(account.charAt(changed)) + account.substring(changed + 1);
        assertThat(found("to " + wrong + " please")).noneMatch(it -> it.startsWith("iban"));
    }

    @Provide
    Arbitrary<String> accounts() {
        return Arbitraries.of(
                        "AT:16", "BE:12", "CH:17", "CZ:20", "DE:18", "DK:14", "ES:20", "FR:23", "HU:24", "IL:19",
                        "NO:11", "PL:24", "PT:21", "SE:20", "XK:16")
                .flatMap(it -> Arbitraries.strings()
                        .numeric()
                        .ofLength(Integer.parseInt(it.substring(3)))
                        .map(digits -> it.substring(0, 2) + ibanCheck(it.substring(0, 2), digits) + digits));
    }

    @Property
    void findsEveryAddressOfANetwork(@ForAll("octets") List<Integer> octets) {
        String address = octets.stream().map(String::valueOf).collect(Collectors.joining("."));
        assertThat(found("host " + address + ".")).containsExactly("ip_address " + address);
    }

    @Provide
    Arbitrary<List<Integer>> octets() {
        return Arbitraries.integers().between(3, 255).list().ofSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg@1.2.3",
                "lodash@4.17.21",
                "git@github.com:owner/name.git",
                "ssh://git@example.com/x",
                "image@sha256:0f1e2d3c",
                "@app.route",
                "user@localhost",
                "https://user@example.com/x",
                "a@b.dot(c)",
                "x@y.png",
                "a@b@example.com",
                "std::cout << a::b",
                "a[::2] b[1::2] c[:, ::2]",
                "[79.36860878, 163.9080892]",
                "206.768 2823",
                "177/128 - 1369",
                "3 - 2954843750",
                "0400..0484",
                "pp 26966-26979",
                "13(2), 215-232 (1942)",
                "ISSN 0209-9683",
                "Boston, MA 02110-1301",
                "OID 2.5.29.15",
                "RFC 5280 4.2.1.10",
                "seed 59846294526092468",
                "12:30:45",
                "::",
                "{::}",
                "p { a::before }",
                "f64::MAX",
                "1.2.3",
                "version 1.2.3.4",
                "1.3.6.1.4.1",
                "1.2.3.256",
                "3.14159265358979",
                "2024-01-02T03:04:05.678Z",
                "2024-01-02 03:04",
                "1748503543012",
                "\"created\":1774963589",
                "id 2125551234",
                "978-3-16-148410-0",
                "1,234,567,890",
                "$4155550132",
                "2147483647",
                "550e8400-e29b-41d4-a716-446655440000",
                "12345678-1234-1234-1234-123456789012",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "1 2 3 4 5 6 7 8 9 10",
                "00 01 02 03 04 05 06 07",
                "86400000L",
                "0x12345678",
                "00:00:00:00:00:00",
                "192.168.1",
                "01/02/2024 10:11:12",
                "000-12-3456",
                "666-12-3456",
                "078-05-1120",
                "1234567890"
            })
    void doesNotTakeForPersonalWhatOnlyLooksLikeIt(String text) {
        assertThat(found("see " + text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Write to jane.doe+x@mail.example.co.uk.|email jane.doe+x@mail.example.co.uk",
                "{\"a\":\"\\nbob@example.org\"}|email bob@example.org",
                "user@b\u00FCcher.de|email user@b\u00FCcher.de",
                "\u90AE\u7BB1\u662Ffoo@example.com\u8BF7|email foo@example.com",
                "call 030/1234567 now|phone_number 030/1234567",
                "+44 (0)20 7946 0958|phone_number +44 (0)20 7946 0958",
                "(+49) 30 1234567|phone_number (+49) 30 1234567",
                "06 12 34 56 78|phone_number 06 12 34 56 78",
                "650-253-0000x123|phone_number 650-253-0000x123",
                "tel:+14155550132;|phone_number +14155550132",
                "created 1774963589, phone: 11 98765-4321|phone_number 11 98765-4321",
                "ssn is 536228726|us_ssn 536228726",
                "\"taxFileNumber\": \"123456782\"|au_tfn 123456782",
                "NHS no. 943 476 5919|uk_nhs 943 476 5919",
                "NINO AA 12 34 56 B|uk_nino AA 12 34 56 B",
                "NINO (AA 12 34 56 B)|uk_nino AA 12 34 56 B",
                "{\"a\":\"\\nGB29NWBK60161331926819\\n\"}|iban GB29NWBK60161331926819",
                "routing number: 121042882|us_aba 121042882",
                "4111 1111 1111 1111 123|payment_card 4111 1111 1111 1111",
                "for 001B.4411.3AB7|mac_address 001B.4411.3AB7",
                "[fe80::1%eth0]:80|ip_address fe80::1%eth0",
                "192.168.0.0/16|ip_address 192.168.0.0/16",
                "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq|crypto_btc bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                "1BoatSLRHtKNngkdXEeobR76b53LETtpyT|crypto_btc 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
                "NIE X1234567L|es_nif X1234567L"
            })
    void findsWhatIsWrittenAsPeopleDo(String text, String finding) {
        assertThat(found(text)).containsExactly(finding);
        EveryCut.isTheSame(SCANNER, text);
    }

    @Test
    void knowsTheNumbersOfOtherRegionsWhenAsked() {
        String text = "ring 044 668 18 00";
        Scanner swiss = Scanner.builder().phoneRegions(List.of("CH")).build();
        assertThat(swiss.scan(text)).hasSize(1);
        assertThatThrownBy(() -> Scanner.builder().phoneRegions(List.of("Mars")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"Mars\"");
    }

    @Property
    void doesNotStumbleOverOddText(@ForAll("oddities") String text) {
        EveryCut.isTheSame(SCANNER, text);
    }

    @Provide
    Arbitrary<String> oddities() {
        return Arbitraries.of(
                        "1",
                        "42",
                        "0",
                        "555",
                        "4111",
                        " ",
                        "-",
                        ".",
                        ":",
                        "::",
                        "@",
                        "(",
                        ")",
                        "+",
                        "/",
                        "a",
                        "FE",
                        "AA ",
                        "bc1",
                        "x",
                        "\uD83D",
                        "\uDE00",
                        "\u200B",
                        "\u202E",
                        "\uFF11",
                        "\u0661",
                        "\uFFFF",
                        "\0",
                        "\\n",
                        "example.com",
                        "1.1.1",
                        "ssn ",
                        "GB29")
                .list()
                .ofMaxSize(14)
                .map(it -> String.join("", it));
    }

    private static String fours(String digits, String separator) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            written.append(i > 0 && i % 4 == 0 ? separator : "").append(digits.charAt(i));
        }
        return written.toString();
    }

    private static String groups(String digits, String separator, int... sizes) {
        StringBuilder written = new StringBuilder();
        int from = 0;
        for (int size : sizes) {
            written.append(from == 0 ? "" : separator).append(digits, from, from + size);
            from += size;
        }
        return written.toString();
    }

    private static char other(char digit) {
        return (char) ('0' + (digit - '0' + 1) % 10);
    }

    private static int luhnDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit / 5 + 2 * digit % 10 : digit;
        }
        return (10 - sum % 10) % 10;
    }

    private static String ibanCheck(String country, String digits) {
        String moved = digits + (country.charAt(0) - 'A' + 10) + (country.charAt(1) - 'A' + 10) + "00";
        int check = 98 - new BigInteger(moved).mod(BigInteger.valueOf(97)).intValue();
        return check < 10 ? "0" + check : String.valueOf(check);
    }
}
