package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers that begin with digits and have letters later. */
record DigitsFirst(Set<Kind> kinds) {

    private static final Shape MBI = new Shape("9BY9BY9BB99");
    private static final Shape MBI_DASHED = new Shape("9BY9-BY9-BB99");
    private static final Shape HETU = new Shape("999999X999X");
    private static final String HETU_CENTURIES = "-+ABCDEFUVWXY";

    /** The check character of a HETU, by the number modulo 31. */
    private static final String HETU_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    /** Letters that make an ordinary number of a programming language of the digits before. */
    private static final String NUMBER_SUFFIXES = "LDFlfd";

    private static final Words NIF_WORDS = Words.of("nif", "dni", "nie", "documento", "identidad");

    /** Whether a number begins at {@code start} with so many digits, followed by something else. */
    @Nullable
    Match match(Window text, int start, int digits) {
        Match match = switch (digits) {
            case 1 -> mbi(text, start);
            case 6 -> hetu(text, start);
            case 7, 8 -> nif(text, start, start + digits);
            default -> null;
        };
        char first = text.at(start);
        boolean bitcoin = match == null && kinds.contains(Kind.CRYPTO_BTC) && (first == '1' || first == '3');
        return bitcoin ? Bitcoin.base58(text, start) : match;
    }

    private @Nullable Match mbi(Window text, int start) {
        if (!kinds.contains(Kind.US_MBI) || text.at(start) == '0' || !Chars.isLetter(text.at(start + 1))) {
            return null;
        }
        Shape shape = text.at(start + 4) == '-' ? MBI_DASHED : MBI;
        int end = start + shape.length();
        boolean mbi = shape.isAt(text, start)
                && Boundary.closes(text, end)
                && (shape == MBI_DASHED || Chars.isUpper(text.at(start + 1)) && Chars.isUpper(text.at(start + 4)));
        return mbi ? new Match(Kind.US_MBI, "us-mbi", 0.9, start, end) : null;
    }

    private @Nullable Match hetu(Window text, int start) {
        char century = text.at(start + 6);
        if (!kinds.contains(Kind.FI_PIC) || HETU_CENTURIES.indexOf(century) < 0) {
            return null;
        }
        int end = start + HETU.length();
        boolean date = value(text, start, 2) <= 31
                && value(text, start, 2) > 0
                && value(text, start + 2, 2) <= 12
                && value(text, start + 2, 2) > 0;
        if (!date || !isDigits(text, start + 7, 3) || !Boundary.closes(text, end)) {
            return null;
        }
        int number = 1000 * value(text, start, 6) + value(text, start + 7, 3);
        boolean right = HETU_CHECKS.charAt(number % 31) == text.at(end - 1);
        return right ? new Match(Kind.FI_PIC, "fi-pic", 0.95, start, end) : null;
    }

    private @Nullable Match nif(Window text, int start, int digitsEnd) {
        int letter = digitsEnd + (text.at(digitsEnd) == '-' ? 1 : 0);
        char check = text.at(letter);
        if (!kinds.contains(Kind.ES_NIF) || !Chars.isLetter(check) || !Boundary.closes(text, letter + 1)) {
            return null;
        }
        int number = value(text, start, digitsEnd - start);
        boolean right = LettersFirst.NIF_LETTERS.charAt(number % 23) == Chars.upper(check);
        boolean plain = Chars.isUpper(check) && NUMBER_SUFFIXES.indexOf(check) < 0 && number > 9999;
        boolean believed = plain || Boundary.isAlone(text, start, letter + 1) || NIF_WORDS.standBefore(text, start);
        return right && believed ? new Match(Kind.ES_NIF, "es-nif", 0.8, start, letter + 1) : null;
    }

    private static boolean isDigits(Window text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (!Chars.isDigit(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static int value(Window text, int from, int length) {
        int value = 0;
        for (int i = from; i < from + length; i++) {
            value = 10 * value + Chars.digit(text.at(i));
        }
        return value;
    }
}
