package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys, whole and cut off, however their lines end. */
class PrivateKeysTest {

    private static final Scanner SCANNER =
            Scanner.builder().kinds(List.of(Kind.PRIVATE_KEY)).build();
    private static final String BEGIN = "-----BE" + "GIN RSA PRIVATE KEY-----";
    private static final String END = "-----END RSA PRIVATE KEY-----";
    private static final String LINE = "MIIEpQIBAAKCAQEAn6O8liSX4m98LLYtPKSzEmQZBD7Loh9P13f4yQ92EF3abcde";
    private static final String OTHER_LINE = "yxR5MsXFu9PRsrYQA7q4UTPHiC4y2sAVCBg4C2yyBpUEtMQjyCESi6Y0Za8Kd2Lm";
    private static final String HIDDEN = "[REDACTED:private_key]";

    private static void hides(String before, String key, String after) {
        String text = before + key + after;
        assertThat(SCANNER.redact(text)).isEqualTo(before + HIDDEN + after);
        EveryCut.isTheSame(SCANNER, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\\n", "\\\\n", "\\r\\n", " ", "\n    ", "\n> ", "\\n\" +\n  \""})
    void hidesAWholeKeyHoweverItsLinesEnd(String lineEnd) {
        hides("key: \"", String.join(lineEnd, BEGIN, LINE, OTHER_LINE, "i6Y=", END), "\" and so on");
    }

    @Test
    void hidesAKeyWithHeaders() {
        hides("", BEGIN + "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\n" + LINE + "\n" + END, "\nNext");
        String pgp = "PGP PRIVATE KEY BLOCK-----";
        hides(
                "",
                "-----BE" + "GIN " + pgp + "\nVersion: GnuPG v2\nComment: a b\n\n" + LINE + "\n=abcd\n-----END " + pgp,
                "\n");
    }

    @Test
    void hidesAKeyThatIsCutOffAndNoMoreThanThat() {
        hides("Mine is ", BEGIN + "\n" + LINE + "\n" + "yxR5Ms", "\n\nThen I tried to log in, and it failed. Why?");
        hides("Mine is ", BEGIN + "\n" + LINE + "\n" + OTHER_LINE, "");
        hides("", BEGIN, "");
        hides("", LINE + "\n" + OTHER_LINE, "\n\nis the inside of one");
    }

    @Test
    void hidesAKeyOfAnyLengthWithoutHoldingIt() {
        StreamGate gate = StreamGate.rules(SCANNER, Actions.all(Action.REDACT)).open();
        StringBuilder out = new StringBuilder(gate.accept(BEGIN + "\n"));
        for (int i = 0; i < 1_000; i++) {
            out.append(gate.accept(LINE + "\n"));
            assertThat(gate.held()).isLessThan(200);
        }
        assertThat(out.append(gate.accept(END + "\nNext.")).append(gate.finish()))
                .hasToString("[REDACTED]\nNext.");
    }

    @Test
    void leavesKeysThatOnlyShowHowOneLooksAndPublicOnes() {
        for (String text : List.of(
                BEGIN + "\nanything\n" + END,
                BEGIN + "\n...\n" + END,
                BEGIN + END,
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn6O8\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n-----END CERTIFICATE-----")) {
            assertThat(SCANNER.scan(text)).as(text).isEmpty();
        }
    }
}
