package dev.llmgateway.compliance.marking;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.marking.Marking.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Banner lines and portion marks. */
final class Banners {

    private static final List<String> CLASSIFIED_WORDS = List.of("TOP SECRET", "SECRET", "CONFIDENTIAL");
    private static final List<String> CLASSIFIED_PORTIONS =
            List.of("TS", "S", "C", "TOP SECRET", "SECRET", "CONFIDENTIAL");
    private static final List<String> UNCLASSIFIED_PORTIONS = List.of("U", "CUI");

    /** The longest portion mark, country lists included. */
    private static final int LONGEST_PORTION = 160;

    /** Blanks above the first line and below the last one. */
    private static final int MOST_BLANKS_AROUND = 64;

    private Banners() {}

    /** A banner whose level's word begins here. */
    static @Nullable Marking banner(CharSequence text, int at) {
        if (!Near.mayBegin(text, at)) {
            return null;
        }
        for (String word : CLASSIFIED_WORDS) {
            if (Near.isAt(text, at, word)) {
                return classified(text, at, at + word.length(), word);
            }
        }
        if (Near.isAt(text, at, "CUI")) {
            return cui(text, at);
        }
        if (Near.isAt(text, at, "CONTROLLED")) {
            return cuiControl(text, at, at + "CONTROLLED".length());
        }
        return Near.isAt(text, at, "UNCLASSIFIED") ? cuiControl(text, at, at + "UNCLASSIFIED".length()) : null;
    }

    private static @Nullable Marking classified(CharSequence text, int at, int end, String word) {
        int control = afterSlashes(text, end);
        if (control >= 0) {
            int until = Controls.endOfClassified(text, control, control - end > 2);
            return until < 0 ? null : new Marking(DataClassification.CLASSIFIED, at, until, Rule.US_BANNER);
        }
        boolean isBanner = switch (word) {
            case "TOP SECRET" -> isOwnLine(text, at, end);
            case "SECRET" -> isOwnLine(text, at, end) && standsAboveAndBelow(text, at, word);
            default -> false;
        };
        return isBanner ? new Marking(DataClassification.CLASSIFIED, at, end, Rule.US_BANNER) : null;
    }

    /** A word that also heads lists and sections is a banner where it is the first line and the last one. */
    private static boolean standsAboveAndBelow(CharSequence text, int at, String word) {
        if (at > MOST_BLANKS_AROUND || !isBlank(text, 0, at)) {
            return false;
        }
        int last = text.length();
        while (last > 0 && text.length() - last < MOST_BLANKS_AROUND && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        int below = last - word.length();
        return below > at && Near.isAt(text, below, word) && Near.isLineStart(text, below);
    }

    private static boolean isBlank(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Marking cui(CharSequence text, int at) {
        int end = at + "CUI".length();
        if (Near.isAt(text, end, "//")) {
            return cuiBanner(at, Math.max(end + 2, Controls.endOfCui(text, end + 2, false)));
        }
        if (afterSlashes(text, end) >= 0) {
            return cuiControl(text, at, end);
        }
        return isOwnLine(text, at, end) ? cuiBanner(at, end) : null;
    }

    private static @Nullable Marking cuiControl(CharSequence text, int at, int end) {
        int control = afterSlashes(text, end);
        if (control < 0) {
            return null;
        }
        boolean isBesideBlanks = control - end > 2;
        int until = Math.max(
                Controls.endOfCui(text, control, isBesideBlanks),
                Controls.endOfClassified(text, control, isBesideBlanks));
        return until < 0 ? null : cuiBanner(at, until);
    }

    private static Marking cuiBanner(int at, int end) {
        return new Marking(DataClassification.CUI, at, end, Rule.CUI_BANNER);
    }

    private static boolean isOwnLine(CharSequence text, int at, int end) {
        return Near.isWordEnd(text, end) && Near.isLineStart(text, at) && Near.isLineEnd(text, end);
    }

    /** Where the control begins behind the two slashes, which may stand between blanks; -1 when there are none. */
    private static int afterSlashes(CharSequence text, int end) {
        int slashes = Near.skipBlanks(text, end);
        return Near.isAt(text, slashes, "//") ? Near.skipBlanks(text, slashes + 2) : -1;
    }

    /** A portion mark whose parenthesis opens here. */
    static @Nullable Marking portion(CharSequence text, int at) {
        for (String word : CLASSIFIED_PORTIONS) {
            int end = endOfPortion(text, at, word);
            if (end >= 0) {
                return new Marking(DataClassification.CLASSIFIED, at, end, Rule.US_PORTION);
            }
        }
        for (String word : UNCLASSIFIED_PORTIONS) {
            int end = endOfPortion(text, at, word);
            if (end >= 0) {
                return new Marking(DataClassification.CUI, at, end, Rule.CUI_PORTION);
            }
        }
        return Near.isAt(text, at, "(CUI)") && Near.isPortionStart(text, at)
                ? new Marking(DataClassification.CUI, at, at + "(CUI)".length(), Rule.CUI_PORTION)
                : null;
    }

    private static int endOfPortion(CharSequence text, int at, String word) {
        int slashes = at + 1 + word.length();
        if (!Near.isAt(text, at + 1, word) || !Near.isAt(text, slashes, "//")) {
            return -1;
        }
        int control = slashes + 2;
        if (Controls.endOfClassified(text, control, false) < 0 && Controls.endOfCui(text, control, false) < 0) {
            return -1;
        }
        for (int i = control; i < text.length() && i - at < LONGEST_PORTION; i++) {
            char c = text.charAt(i);
            if (c == ')') {
                return i + 1;
            }
            if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || " ,/-&".indexOf(c) >= 0)) {
                return -1;
            }
        }
        return -1;
    }
}
