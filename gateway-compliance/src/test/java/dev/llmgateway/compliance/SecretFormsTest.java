package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of every vendor in the texts in which they come. They are put together here, so that nobody takes them for real. */
class SecretFormsTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Kind.builtIn().stream()
                    .filter(it -> it.category() == Category.CREDENTIAL)
                    .toList())
            .build();

    private static final String MIXED = "aZ3kQ9mX7pL2vB8nT5wR1yC6dF4gH0jKsE7uN3iO9qA2zW5xG8tV1bM6lP4rY0hJ";
    private static final String LOWER = "k3v9q1z7m5x2p8w4t6r0b9n3j7c1d5f8g2h4s6l0y9a3e7i1o5u8";
    private static final String UPPER = "K3V9Q1Z7M5X2P8W4T6R0B9N3J7C1D5F8G2H4S6L0";
    private static final String HEX = "3f9a1c7e5b2d8046af13c9e7d5b08264f1a93c7e0d5b2846a9f3c1e7b5d20864";
    private static final String DIGITS = "84920175639284710365";
    private static final String UUID = "3f9a1c7e-5b2d-4046-af13-c9e7d5b08264";

    private static String mixed(int length) {
        return MIXED.repeat(1 + length / MIXED.length()).substring(0, length);
    }

    private static String hex(int length) {
        return HEX.repeat(1 + length / HEX.length()).substring(0, length);
    }

    static List<String> tokens() {
        return List.of(
                "AK" + "IA" + UPPER.substring(0, 16),
                "AS" + "IA" + UPPER.substring(3, 19),
                "AK" + "IA" + UPPER.substring(0, 16) + ":" + mixed(40),
                "AK" + "IA" + UPPER.substring(0, 16) + "\",\"" + mixed(20) + "/" + mixed(19),
                "AI" + "za" + mixed(35),
                "GOC" + "SPX-" + mixed(28),
                "ya" + "29." + mixed(80),
                "x7Y8" + "Q~" + mixed(34),
                "sk-" + mixed(20) + "T3Blbk" + "FJ" + mixed(20),
                "sk-" + "proj-" + mixed(74) + "T3Blbk" + "FJ" + mixed(74),
                "sk-" + "ant-api03-" + mixed(93) + "AA",
                "sk-" + "or-v1-" + hex(64),
                "sk-" + hex(32),
                "gs" + "k_" + mixed(52),
                "xa" + "i-" + mixed(80),
                "h" + "f_" + mixed(34),
                "r" + "8_" + mixed(37),
                "pp" + "lx-" + mixed(48),
                "nv" + "api-" + mixed(64),
                "lsv2" + "_pt_" + hex(32) + "_" + hex(10),
                "pc" + "sk_" + mixed(5) + "_" + mixed(63),
                "gh" + "p_" + mixed(36),
                "gh" + "s_" + mixed(127),
                "github" + "_pat_" + mixed(22) + "_" + mixed(59),
                "gl" + "pat-" + mixed(20),
                "gl" + "pat-" + mixed(27) + "." + LOWER.substring(0, 9),
                "xo" + "xb-" + DIGITS.substring(0, 12) + "-" + DIGITS.substring(0, 13) + "-" + mixed(24),
                "xo" + "xe.xoxp-1-" + mixed(160),
                "xo" + "xe.xoxb-1-" + UPPER.replaceAll("[0-9]", "Q").substring(0, 30)
                        + UPPER.repeat(4).substring(0, 134),
                "xo" + "xr-" + mixed(12),
                "AK" + "Cp" + LOWER.replaceAll("[0-9]", "q").substring(0, 25) + mixed(44),
                "EA" + "AA" + mixed(30),
                "SK" + "3F9A" + hex(28),
                "xa" + "pp-1-A" + UPPER.substring(0, 10) + "-" + DIGITS.substring(0, 13) + "-" + hex(64),
                "https://hooks.sl" + "ack.com/services/T" + UPPER.substring(0, 8) + "/B" + UPPER.substring(0, 8) + "/"
                        + mixed(24),
                "s" + "k_live_" + mixed(24),
                "r" + "k_test_" + mixed(99),
                "S" + "K" + hex(32),
                "S" + "G." + mixed(22) + "." + mixed(43),
                "np" + "m_" + mixed(36),
                "py" + "pi-AgEIcHlwaS5vcmc" + mixed(120),
                "do" + "p_v1_" + hex(64),
                "da" + "pi" + hex(32),
                "shp" + "at_" + hex(32),
                "hv" + "s." + mixed(95),
                "nt" + "n_" + mixed(46),
                "lin" + "_api_" + mixed(40),
                "PM" + "AK-" + hex(24) + "-" + hex(34),
                "sntry" + "u_" + hex(64),
                "gl" + "sa_" + mixed(32) + "_" + hex(8),
                "pu" + "l-" + hex(40),
                "pscale" + "_tkn_" + mixed(43),
                "rubygems" + "_" + hex(48),
                "ATA" + "TT3" + mixed(186),
                "HRK" + "U-AA" + mixed(58),
                "dckr" + "_pat_" + mixed(27),
                "sb" + "p_" + hex(40),
                "tsk" + "ey-auth-" + mixed(12) + "-" + mixed(32),
                "fo" + "1_" + mixed(43),
                "dp" + ".pt." + mixed(43),
                "AGE-SEC" + "RET-KEY-1" + UPPER + UPPER.substring(0, 18),
                DIGITS.substring(0, 10) + ":A" + "A" + mixed(33),
                "https://disc" + "ord.com/api/webhooks/" + DIGITS.substring(0, 18) + "/" + mixed(68),
                "v1" + ".0-" + hex(24) + "-" + hex(146),
                "dt0" + "c01." + UPPER.substring(0, 24) + "." + UPPER + UPPER.substring(0, 24),
                hex(32) + "-us" + "12",
                "API" + "-" + UPPER.substring(0, 26),
                mixed(14) + ".atlas" + "v1." + mixed(65),
                mixed(52) + "JQQJ" + "99" + mixed(26),
                "access-" + "sandbox-" + UUID,
                "LTA" + "I" + mixed(20),
                "NR" + "AK-" + UPPER.substring(0, 27),
                "xkey" + "sib-" + hex(64) + "-" + mixed(16),
                "sha2" + "56~" + mixed(43),
                "eyJhbGciOiJIUzI1NiIs" + "InR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + mixed(43),
                "ewogICJhbGciOiAiUlMyNTYiCn0" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + mixed(43));
    }

    /** Where tokens stand; a dollar sign for the token. */
    private static final List<String> TEXTS = List.of(
            "$",
            "Please use $ for now.",
            "It is $, I think; or ($)? Yes: $! Well.",
            "the key ($).",
            "{\"key\":\"$\",\"n\":1}",
            "{\\\"key\\\":\\\"$\\\"}",
            "first line\\n$\\nnext line",
            "https://example.org/?k=$&page=2",
            "https://example.org/%3D$#top",
            "export KEY=$\nrun",
            "key: $\r\nnext: 1",
            "**$** and `$` and [a]($)",
            "<code>$</code>",
            "| $ | b |",
            "\u4EE4\u724C$\u3002\u8BF7\u52FF\u5206\u4EAB",
            "\u5BC6\u94A5\uFF1A$\uFF0C\u8C22\u8C22",
            "\u30C8\u30FC\u30AF\u30F3\u306F$\u3067\u3059",
            "\u201C$\u201D \uD83D\uDE00$\uD83D\uDE00");

    @ParameterizedTest
    @MethodSource("tokens")
    void findsTheWholeTokenWhereverItStands(String token) {
        for (String text : TEXTS) {
            String filled = text.replace("$", token);
            assertThat(SCANNER.redact(filled))
                    .as("in %s", text)
                    .isEqualTo(text.replace("$", SCANNER.redact(token)))
                    .startsWith(text.substring(0, text.indexOf('$')))
                    .contains("[REDACTED:");
        }
        assertThat(SCANNER.redact(token)).matches("\\[REDACTED:\\w+]");
        EveryCut.isTheSame(SCANNER, "use " + token + ", now", token.length() > 60 ? 7 : 1);
    }

    @Test
    void findsTokensBetweenSlashes() {
        for (String token :
                List.of("gh" + "p_" + mixed(36), "h" + "f_" + mixed(34), "AK" + "IA" + UPPER.substring(0, 16))) {
            assertThat(SCANNER.redact("GET /v1/" + token + "/items")).isEqualTo("GET /v1/[REDACTED:api_key]/items");
        }
    }

    @Test
    void findsTokensOfCloudsByTheNameBefore() {
        for (String text : List.of(
                "ibm_cos_secret_access_key = " + hex(48),
                "\"secret_access_key\": \"" + "1234567890abcdef".repeat(3),
                "SOFTLAYER_API_KEY: " + LOWER + LOWER.substring(0, 12),
                "https://api.softlayer.com/soap/v3/" + hex(64),
                "cl_key = \"" + hex(64),
                "cloudant-api-key: " + LOWER.replaceAll("[0-9]", "q").substring(0, 24))) {
            assertThat(SCANNER.redact(text))
                    .as(text)
                    .matches(".*[ \"/]\\[REDACTED:\\w+]")
                    .startsWith(text.substring(0, 6));
        }
    }

    @Test
    void leavesWhatOnlyShowsWhereATokenGoes() {
        List.of(
                        "gh" + "p_" + "x".repeat(36),
                        "sk-" + "proj-your-key-goes-here-and-it-is-long-enough-for-one",
                        "AK" + "IA" + "IOSFODNN7EXAMPLE",
                        "AI" + "za" + "a".repeat(35),
                        "xo" + "xa-nyc-meetups",
                        "xo" + "xb-my-bot-token",
                        "this.s.getOrCreateUserProfileV2",
                        "req_011CSHoEeqs5C35K2UUqR7Fy",
                        "chatcmpl-9aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU",
                        "org-aB3dE5fG7hI9jK1lM3nO5pQ7",
                        UUID,
                        HEX,
                        "sha256:" + HEX,
                        "\"integrity\": \"sha512-" + mixed(86) + "==\"",
                        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA" + mixed(600) + "/" + mixed(300) + "==")
                .forEach(it -> assertThat(SCANNER.scan(it)).as(it).isEmpty());
    }
}
