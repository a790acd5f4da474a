package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import org.jspecify.annotations.Nullable;

/** A kind of number that begins with a digit and is written in groups of digits. */
@FunctionalInterface
interface NumberForm {

    /** Whether the run, or its first groups, is such a number. */
    @Nullable
    Match match(Window text, DigitRun run);
}
