package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers that begin with one to six letters; asked at their first digit. */
record LettersFirst(Set<Kind> kinds) {

    private static final int MOST_LETTERS = 6;

    private static final Shape FIN = new Shape("A9999999A");
    private static final Shape NINO = new Shape("AA999999A");
    private static final Shape NINO_SPACED = new Shape("AA 99 99 99 A");
    private static final Shape PAN = new Shape("AAAAA9999A");
    private static final Shape FISCAL = new Shape("AAAAAA99A99A999A");

    private static final Words PAN_WORDS =
            Words.of("pan", "permanent account", "permanent account number", "income tax");

    /** What the fourth letter of a PAN says of its holder. */
    private static final String PAN_HOLDERS = "ABCFGHJLPT";

    /** The months of a codice fiscale. */
    private static final String FISCAL_MONTHS = "ABCDEHLMPRST";

    /** The check letter of an NIF, by the number modulo 23. */
    static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    /** Whether a number has its first digit at {@code digit}, right after a letter. */
    @Nullable
    Match match(Window text, int digit) {
        int start = digit - 1;
        while (digit - start <= MOST_LETTERS && Chars.isLetter(text.at(start - 1))) {
            start--;
        }
        start += Boundary.isEscape(text, start + 1) ? 1 : 0;
        int letters = digit - start;
        if (!Boundary.opens(text, start)) {
            return null;
        }
        return switch (letters) {
            case 1 -> oneLetter(text, start);
            case 2 -> twoLetters(text, start);
            case 5 -> pan(text, start);
            case 6 -> fiscal(text, start);
            default -> null;
        };
    }

    /** A NINO with spaces begins before the digits' group. */
    @Nullable
    Match spaced(Window text, int digit) {
        int start = digit - 3;
        boolean found = kinds.contains(Kind.UK_NINO)
                && text.at(digit - 1) == ' '
                && ends(text, start, NINO_SPACED)
                && Boundary.opens(text, start)
                && Chars.isUpper(text.at(start))
                && isNino(text, start);
        return found ? new Match(Kind.UK_NINO, "uk-nino", 0.9, start, start + NINO_SPACED.length()) : null;
    }

    private @Nullable Match oneLetter(Window text, int start) {
        if (!ends(text, start, FIN)) {
            return null;
        }
        int end = start + FIN.length();
        char first = text.at(start);
        if (kinds.contains(Kind.ES_NIF) && "XYZ".indexOf(Chars.upper(first)) >= 0 && isNie(text, start)) {
            return new Match(Kind.ES_NIF, "es-nie", 0.9, start, end);
        }
        boolean fin = kinds.contains(Kind.SG_FIN) && "STFGM".indexOf(first) >= 0 && Chars.isUpper(text.at(end - 1));
        return fin ? new Match(Kind.SG_FIN, "sg-fin", 0.7, start, end) : null;
    }

    private static boolean isNie(Window text, int start) {
        int number = "XYZ".indexOf(Chars.upper(text.at(start)));
        for (int i = start + 1; i < start + 8; i++) {
            number = 10 * number + Chars.digit(text.at(i));
        }
        return NIF_LETTERS.charAt(number % 23) == Chars.upper(text.at(start + 8));
    }

    private @Nullable Match twoLetters(Window text, int start) {
        if (!Chars.isDigit(text.at(start + 3))) {
            return null;
        }
        Match iban = kinds.contains(Kind.IBAN) ? Iban.match(text, start) : null;
        if (iban != null || !kinds.contains(Kind.UK_NINO) || !ends(text, start, NINO) || !isNino(text, start)) {
            return iban;
        }
        return new Match(Kind.UK_NINO, "uk-nino", 0.9, start, start + NINO.length());
    }

    /** The prefixes and suffixes that His Majesty's Revenue and Customs gives. */
    private static boolean isNino(Window text, int start) {
        char first = Chars.upper(text.at(start));
        char second = Chars.upper(text.at(start + 1));
        int suffix = start + (text.at(start + 2) == ' ' ? NINO_SPACED : NINO).length() - 1;
        String prefix = "" + first + second;
        return "DFIQUV".indexOf(first) < 0
                && "DFIOQUV".indexOf(second) < 0
                && !Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ").contains(prefix)
                && "ABCD".indexOf(Chars.upper(text.at(suffix))) >= 0;
    }

    private @Nullable Match pan(Window text, int start) {
        boolean pan = kinds.contains(Kind.IN_PAN)
                && ends(text, start, PAN)
                && PAN_HOLDERS.indexOf(Chars.upper(text.at(start + 3))) >= 0
                && (isUpper(text, start, 5) || PAN_WORDS.standBefore(text, start));
        return pan ? new Match(Kind.IN_PAN, "in-pan", 0.8, start, start + PAN.length()) : null;
    }

    private @Nullable Match fiscal(Window text, int start) {
        boolean fiscal = kinds.contains(Kind.IT_FISCAL)
                && ends(text, start, FISCAL)
                && FISCAL_MONTHS.indexOf(Chars.upper(text.at(start + 8))) >= 0
                && isBirthDay(10 * Chars.digit(text.at(start + 9)) + Chars.digit(text.at(start + 10)));
        return fiscal ? new Match(Kind.IT_FISCAL, "it-fiscal", 0.9, start, start + FISCAL.length()) : null;
    }

    /** Women's days are 40 higher. */
    private static boolean isBirthDay(int day) {
        return day >= 1 && day <= 31 || day >= 41 && day <= 71;
    }

    private static boolean isUpper(Window text, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (!Chars.isUpper(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean ends(Window text, int start, Shape shape) {
        return shape.isAt(text, start) && !Chars.isWord(text.at(start + shape.length()));
    }
}
