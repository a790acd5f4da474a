package dev.llmgateway.bench.compliance;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of the thread that asks; what other programs take does not count. */
final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** What running it takes. */
    static long nanosOf(Runnable work) {
        long before = nanos();
        work.run();
        return nanos() - before;
    }
}
