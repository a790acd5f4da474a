package dev.llmgateway.bench;

import java.io.IOException;
import java.util.Locale;

/** How much of the machine went to others during the run: other programs on it, and other machines on its host. */
final class Interference {
    private final long startNanos = System.nanoTime();
    private final double stolenBefore;
    private final double othersBefore;

    private Interference(double stolenBefore, double othersBefore) {
        this.stolenBefore = stolenBefore;
        this.othersBefore = othersBefore;
    }

    /** Begins to watch; to be called before the first child process is started. */
    static Interference begin() throws IOException {
        return new Interference(ProcStat.stolenSeconds(), othersSeconds());
    }

    /** A clause for the report's last line. */
    String describe() throws IOException {
        double wall = (System.nanoTime() - startNanos) / 1e9;
        double percent = 100 / wall;
        return String.format(
                Locale.ROOT,
                "took %.0f s, in which other programs took %.0f %% of a processor and other machines %.0f %%",
                wall,
                (othersSeconds() - othersBefore) * percent,
                (ProcStat.stolenSeconds() - stolenBefore) * percent);
    }

    /** CPU time of everything but this process and its children, those that have ended included. */
    private static double othersSeconds() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        double own = ProcStat.cpuSecondsWithEndedChildren(self.pid());
        for (ProcessHandle child : self.descendants().toList()) {
            own += ProcStat.cpuSecondsWithEndedChildren(child.pid());
        }
        return ProcStat.busySeconds() - own;
    }
}
