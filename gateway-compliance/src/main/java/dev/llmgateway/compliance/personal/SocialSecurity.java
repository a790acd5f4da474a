package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The social security number of the United States and the taxpayer number of the same shape: 3, 2 and 4 digits. They have no check
 * digit, so nine digits in a row count only after a word that says so.
 */
record SocialSecurity(Set<Kind> kinds) implements NumberForm {

    private static final Words SSN = Words.of(
            "ssn",
            "ssns",
            "social security",
            "social security number",
            "soc sec",
            "socsec",
            "social",
            "ss number",
            "ss no");
    private static final Words ITIN = Words.of(
            "itin", "itins", "individual taxpayer", "taxpayer", "taxpayer id", "tax id", "tin", "tax identification");

    /** Numbers that were printed in advertisements and examples. */
    private static final Set<Integer> PRINTED = Set.of(78051120, 123456789, 219099999, 457555462);

    @Override
    public @Nullable Match match(Window text, DigitRun run) {
        boolean grouped = run.hasGroups("-. \u2010\u2011\u2013", 3, 2, 4);
        if (!grouped && run.size(0) != 9) {
            return null;
        }
        int end = run.end(grouped ? 2 : 0);
        if (!Boundary.closes(text, end)) {
            return null;
        }
        if (kinds.contains(Kind.US_SSN) && isSsn(run) && (grouped || SSN.standBefore(text, run.start()))) {
            return new Match(Kind.US_SSN, "us-ssn", grouped ? 0.9 : 0.8, run.start(), end);
        }
        if (kinds.contains(Kind.US_ITIN) && isItin(run) && (grouped || ITIN.standBefore(text, run.start()))) {
            return new Match(Kind.US_ITIN, "us-itin", grouped ? 0.9 : 0.8, run.start(), end);
        }
        return null;
    }

    /** The rules of the Social Security Administration since 2011. */
    private static boolean isSsn(DigitRun run) {
        int area = run.number(0, 3);
        int whole = run.number(0, 9);
        boolean advertised = whole / 10 == 98765432;
        return area != 0
                && area != 666
                && area < 900
                && run.number(3, 2) != 0
                && run.number(5, 4) != 0
                && !advertised
                && !PRINTED.contains(whole)
                && !run.isAllSame(9);
    }

    /** The ranges of the Internal Revenue Service. */
    private static boolean isItin(DigitRun run) {
        int group = run.number(3, 2);
        return run.digit(0) == 9
                && (group >= 50 && group <= 65
                        || group >= 70 && group <= 88
                        || group >= 90 && group <= 92
                        || group >= 94 && group <= 99);
    }
}
