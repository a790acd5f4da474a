package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import org.jspecify.annotations.Nullable;

/** The number of a payment card (ISO/IEC 7812): the range of an issuer, Luhn's check digit, in one group or the usual ones. */
record PaymentCard() implements NumberForm {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;

    private static final Words CARD = Words.of(
            "card",
            "visa",
            "mastercard",
            "maestro",
            "amex",
            "discover",
            "credit",
            "debit",
            "cc",
            "ccn",
            "carte",
            "karte",
            "kreditkarte",
            "tarjeta");

    @Override
    public @Nullable Match match(Window text, DigitRun run) {
        for (int groups = run.groups(); groups > 0; groups--) {
            int length = run.digits(groups);
            if (length < SHORTEST) {
                return null;
            }
            int end = run.end(groups - 1);
            if (length <= LONGEST
                    && isGrouped(run, groups)
                    && isIssued(run, length)
                    && Checksums.luhn(run, length, 0)
                    && !run.isAllSame(length)
                    && Boundary.closes(text, end)
                    && (isUsual(run, length) || isBelieved(text, run, groups))) {
                return new Match(Kind.PAYMENT_CARD, "payment-card", 0.95, run.start(), end);
            }
        }
        return null;
    }

    private static boolean isGrouped(DigitRun run, int groups) {
        if (groups == 1) {
            return true;
        }
        if (!run.isUniform(" -\u00A0\u2010\u2011\u2013\u202F", groups)) {
            return false;
        }
        boolean american =
                groups == 3 && run.size(0) == 4 && run.size(1) == 6 && (run.size(2) == 5 || run.size(2) == 4);
        boolean halves = groups == 2 && run.size(0) == 8 && run.size(1) == 8;
        boolean fours = run.size(groups - 1) <= 4;
        for (int i = 0; i < groups - 1; i++) {
            fours &= run.size(i) == 4;
        }
        return american || halves || fours;
    }

    /** Whether an issuer has the range; the lengths are those that the network uses. */
    private static boolean isIssued(DigitRun run, int length) {
        int two = run.number(0, 2);
        int three = run.number(0, 3);
        int four = run.number(0, 4);
        return switch (run.digit(0)) {
            case 2 -> length == 16 && four >= 2221 && four <= 2720;
            case 3 ->
                length == 15 && (two == 34 || two == 37)
                        || length >= 14 && (two == 36 || two == 38 || two == 39 || three <= 305 || three == 309)
                        || length >= 16 && four >= 3528 && four <= 3589;
            case 4 -> length == 13 || length == 16 || length == 19;
            case 5 -> length == 16 && two >= 51 && two <= 55 || two == 50 || two >= 56;
            case 6 -> two == 60 || two >= 62 && two <= 65 || two == 67;
            case 8 -> length == 16 && (two == 81 || two == 82);
            default -> false;
        };
    }

    /** Cards of other lengths are rare, and numbers of such lengths are not. */
    private static boolean isUsual(DigitRun run, int length) {
        return length == 16 || run.digit(0) == 3 && (length == 14 || length == 15);
    }

    private static boolean isBelieved(Window text, DigitRun run, int groups) {
        boolean comesOn = text.at(run.start() - 1) == run.separator(0) && Chars.isDigit(text.at(run.start() - 2));
        boolean goesOn = groups < run.groups() && run.separator(groups - 1) == run.separator(0);
        return groups > 1 && !comesOn && !goesOn
                || Boundary.isAlone(text, run.start(), run.end(0))
                || CARD.standBefore(text, run.start());
    }
}
