package dev.llmgateway.compliance.secrets;

import java.util.Locale;

/** Decides whether a value is the secret that its name and its place promise. */
final class Verdict {

    private Verdict() {}

    /**
     * @param constant whether the name begins with a capital, as constants and environment variables do
     */
    static boolean isSecret(
            KeyName.Role role, Assignment.Form form, boolean quoted, boolean constant, ValueShape value) {
        if (role != KeyName.Role.PASSWORD && value.isUuid()) {
            return role.compareTo(KeyName.Role.VENDOR) <= 0 && value.distinct() >= 8;
        }
        if (value.length() < 6
                || Placeholders.isPlaceholder(value)
                || !quoted && Placeholders.isExpression(value.text())) {
            return false;
        }
        boolean loose = form == Assignment.Form.EQUALS || form == Assignment.Form.COLON || form == Assignment.Form.TAG;
        return switch (role) {
            case PASSWORD -> isPassword(value, quoted, loose, constant || form == Assignment.Form.COLON);
            case SECRET ->
                isToken(value, form == Assignment.Form.SPACE && !quoted ? 20 : 10) && value.digits() < value.length()
                        || loose && isShortAndMixed(value);
            case VENDOR_SECRET -> isToken(value, 10) || isSidekiq(value) || loose && isShortAndMixed(value);
            case VENDOR ->
                isToken(value, 20)
                                && value.letters() > 0
                                && (value.mixedCase() || value.length() >= 30 || isPlain(value))
                        || isSidekiq(value);
            case FAINT -> isToken(value, 20) && value.entropy() >= 3.6 && value.mixedCase() && !value.isHex();
            case SESSION -> isToken(value, 12);
            case NONE -> false;
        };
    }

    /** Random enough for its length, and not a name. */
    private static boolean isToken(ValueShape value, int shortest) {
        if (value.length() < shortest || value.isName() && !(isOneWord(value) && value.isScrambledCase())) {
            return false;
        }
        if (value.digits() == 0) {
            boolean scrambled = value.isScrambledCase() || value.mixedCase() && value.length() >= 12;
            return (scrambled || value.symbols() > 4 && value.length() >= 16)
                    && value.entropy() >= Math.min(3.3, 0.8 * Math.log(value.length()) / Math.log(2));
        }
        if (value.letters() == 0) {
            return value.length() >= 15 && value.entropy() >= 2 && value.symbols() == 0;
        }
        double floor = value.isHex()
                ? (value.length() < 20 ? 2.6 : 2.9)
                : Math.min(3.5, 0.72 * Math.log(value.length()) / Math.log(2));
        return value.entropy() >= floor && (!value.isHex() || value.length() >= 16);
    }

    /** Nothing but small letters and digits, both of them more than once, and not only hexadecimal ones. */
    private static boolean isPlain(ValueShape value) {
        return isOneWord(value) && value.digits() > 2 && value.letters() > 5 && !value.mixedCase() && !value.isHex();
    }

    private static boolean isOneWord(ValueShape value) {
        return value.letters() + value.digits() == value.length();
    }

    /** All sorts of characters, as password generators make them. */
    private static boolean isShortAndMixed(ValueShape value) {
        return value.length() >= 8
                && value.symbols() > 0
                && value.mixedCase()
                && (value.digits() > 0 || value.symbols() > 1 && value.isScrambledCase());
    }

    /** Two halves of hexadecimal digits, as Sidekiq's customers get them. */
    private static boolean isSidekiq(ValueShape value) {
        return value.length() == 17 && value.text().charAt(8) == ':' && value.isHex();
    }

    private static boolean isPassword(ValueShape value, boolean quoted, boolean loose, boolean literal) {
        boolean marked = value.symbols() > endingMarks(value) || hasAt(value.text());
        if (value.letters() == 0) {
            return value.digits() >= 6 && (marked || quoted && value.digits() == value.length() && loose);
        }
        if (value.digits() == 0) {
            return marked && value.length() >= 8 && (value.mixedCase() || value.symbols() > 1)
                    || value.isScrambledCase()
                    || value.mixedCase() && !value.isName();
        }
        if (marked || endingMarks(value) > 0) {
            return true;
        }
        if (!loose) {
            return value.length() >= 8 && (!value.isName() || value.mixedCase() && !isJoined(value));
        }
        boolean phrase = quoted
                && value.mixedCase()
                && !value.text().toLowerCase(Locale.ROOT).contains("pass");
        return !value.isName() || phrase || !isJoined(value) && (quoted || literal || value.length() >= 8);
    }

    /** An at sign that is not the one of an address. */
    private static boolean hasAt(String text) {
        int at = text.indexOf('@');
        return at >= 0 && text.indexOf('.', at) < 0 && text.indexOf('/') < 0;
    }

    private static int endingMarks(ValueShape value) {
        int marks = 0;
        String text = value.text();
        while (marks < text.length() && "!?".indexOf(text.charAt(text.length() - 1 - marks)) >= 0) {
            marks++;
        }
        return marks;
    }

    /** Several words with separators between. */
    private static boolean isJoined(ValueShape value) {
        return value.text().chars().anyMatch(c -> "-_./:".indexOf(c) >= 0);
    }
}
