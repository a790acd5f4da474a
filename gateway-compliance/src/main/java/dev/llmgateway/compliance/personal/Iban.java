package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An international bank account number (ISO 13616): the country's structure, and 1 modulo 97; groups with spaces or dashes. */
final class Iban {

    /** What follows the check digits, from SWIFT's registry: so many digits (n), capital letters (a) or either (c). */
    private static final String STRUCTURES = """
            AD 8n12c AE 19n AL 8n16c AT 16n AZ 4a20c BA 16n BE 12n BG 4a6n8c BH 4a14c BI 23n BR 23n1a1c BY 4c4n16c CH 5n12c CR 18n
            CY 8n16c CZ 20n DE 18n DJ 23n DK 14n DO 4c20n EE 16n EG 25n ES 20n FI 14n FK 2a12n FO 14n FR 10n11c2n GB 4a14n GE 2a16n
            GI 4a15c GL 14n GR 7n16c GT 24c HN 4a20n HR 17n HU 24n IE 4a14n IL 19n IQ 4a15n IS 22n IT 1a10n12c JO 4a4n18c KW 4a22c
            KZ 3n13c LB 4n20c LC 4a24c LI 5n12c LT 16n LU 3n13c LV 4a13c LY 21n MC 10n11c2n MD 20c ME 18n MK 3n10c2n MN 16n MR 23n
            MT 4a5n18c MU 4a19n3a NI 4a20n NL 4a10n NO 11n OM 3n16c PK 4a16c PL 24n PS 4a21c PT 21n QA 4a21c RO 4a16c RS 18n
            RU 14n15c SA 2n18c SC 4a20n3a SD 14n SE 20n SI 15n SK 20n SM 1a10n12c SO 19n ST 21n SV 4a20n TL 19n TN 20n TR 6n16c
            UA 6n19c VA 18n VG 4a16n XK 16n YE 4a4n18c
            """;

    private static final Map<String, String> BY_COUNTRY = byCountry();

    private Iban() {}

    /** Whether one begins at {@code start}, two letters before the check digits. */
    static @Nullable Match match(Window text, int start) {
        String structure = BY_COUNTRY.get("" + Chars.upper(text.at(start)) + Chars.upper(text.at(start + 1)));
        if (structure == null) {
            return null;
        }
        int at = start + 4;
        int remainder = 0;
        for (int i = 0; i < structure.length(); i++) {
            at += isSeparator(text.at(at)) ? 1 : 0;
            char c = text.at(at++);
            if (!fits(c, structure.charAt(i))) {
                return null;
            }
            remainder = append(remainder, c);
        }
        for (int i = start; i < start + 4; i++) {
            remainder = append(remainder, text.at(i));
        }
        boolean right = remainder == 1 && !Chars.isWord(text.at(at));
        return right ? new Match(Kind.IBAN, "iban", 0.99, start, at) : null;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00A0' || c == '\u202F';
    }

    private static boolean fits(char c, char wanted) {
        return switch (wanted) {
            case 'n' -> Chars.isDigit(c);
            case 'a' -> Chars.isLetter(c);
            default -> Chars.isDigit(c) || Chars.isLetter(c);
        };
    }

    /** The remainder modulo 97 after one more character; letters count from 10. */
    private static int append(int remainder, char c) {
        return Chars.isDigit(c)
                ? (10 * remainder + Chars.digit(c)) % 97
                : (100 * remainder + Chars.upper(c) - 'A' + 10) % 97;
    }

    /** One letter for each character, such as {@code nnnncc}. */
    private static Map<String, String> byCountry() {
        Map<String, String> structures = new HashMap<>();
        String[] words = STRUCTURES.trim().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            StringBuilder structure = new StringBuilder();
            int count = 0;
            for (char c : words[i + 1].toCharArray()) {
                if (Chars.isDigit(c)) {
                    count = 10 * count + Chars.digit(c);
                } else {
                    structure.repeat(c, count);
                    count = 0;
                }
            }
            structures.put(words[i], structure.toString());
        }
        return Map.copyOf(structures);
    }
}
