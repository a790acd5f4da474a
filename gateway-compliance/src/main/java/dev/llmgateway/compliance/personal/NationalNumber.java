package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A number that an authority gives, with a check digit. One in ten numbers of its length passes such a check by chance; so, unless
 * the check is strong, it counts only in a grouping of its own, after a word that names it, or as the whole text.
 *
 * @param sizes its usual groups; empty when it is always written in one
 * @param separators between the groups
 * @param telling those separators that are enough of a sign together with the sizes
 * @param strong whether the check alone is enough
 */
record NationalNumber(
        Kind kind,
        int length,
        List<Integer> sizes,
        String separators,
        String telling,
        boolean strong,
        Predicate<DigitRun> check,
        Words words)
        implements NumberForm {

    @Override
    public @Nullable Match match(Window text, DigitRun run) {
        int groups = groups(run);
        if (groups == 0 || !isRight(text, run, groups)) {
            return null;
        }
        int end = run.end(groups - 1);
        boolean grouped = groups > 1
                && run.isUniform(telling, groups)
                && !goesOn(run, groups)
                && !Boundary.isInCode(text, run.start())
                && !Boundary.isAfterNumber(text, run.start());
        boolean believed =
                strong || grouped || Boundary.isAlone(text, run.start(), end) || words.standBefore(text, run.start());
        return believed ? found(run, end) : null;
    }

    /** The same number, only where a word names it. */
    NumberForm named() {
        return (text, run) -> {
            int groups = groups(run);
            boolean named = groups > 0 && isRight(text, run, groups) && words.standBefore(text, run.start());
            return named ? found(run, run.end(groups - 1)) : null;
        };
    }

    private boolean isRight(Window text, DigitRun run, int groups) {
        return check.test(run) && !run.isAllSame(length) && Boundary.closes(text, run.end(groups - 1));
    }

    /** Whether it is the beginning of a longer row of groups. */
    private static boolean goesOn(DigitRun run, int groups) {
        return groups < run.groups() && run.separator(groups - 1) == run.separator(0);
    }

    private Match found(DigitRun run, int end) {
        return new Match(kind, kind.id().replace('_', '-'), 0.8, run.start(), end);
    }

    /** How many groups of the run are the number; 0 when it is not written so. */
    private int groups(DigitRun run) {
        if (run.size(0) == length) {
            return 1;
        }
        if (sizes.isEmpty() || run.groups() < sizes.size() || !run.isUniform(separators, sizes.size())) {
            return 0;
        }
        for (int i = 0; i < sizes.size(); i++) {
            if (run.size(i) != sizes.get(i)) {
                return 0;
            }
        }
        return sizes.size();
    }
}
