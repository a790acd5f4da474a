package dev.llmgateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The operating system's accounting of a process, as Linux shows it in {@code /proc} (proc(5)). */
final class ProcStat {
    /** USER_HZ, the unit of the times in /proc: 100 on every Linux architecture that a JVM runs on. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int UTIME = 14;
    private static final int STIME = 15;
    private static final int CUTIME = 16;
    private static final int CSTIME = 17;
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8;

    private ProcStat() {}

    /** CPU time in microseconds, user and system, of all threads of the process, the ended ones included. */
    static long cpuMicros(long pid) throws IOException {
        return parseCpuMicros(Files.readString(Path.of("/proc/" + pid + "/stat")));
    }

    /** The same in seconds, and with it the time of its children that have ended. */
    static double cpuSecondsWithEndedChildren(long pid) throws IOException {
        return parseTicks(Files.readString(Path.of("/proc/" + pid + "/stat")), UTIME, STIME, CUTIME, CSTIME)
                / (double) TICKS_PER_SECOND;
    }

    /** The time in seconds, summed over the processors, that all programs of this machine took since boot. */
    static double busySeconds() throws IOException {
        return parseBusySeconds(Files.readAllLines(Path.of("/proc/stat")));
    }

    /** Resident memory in bytes. */
    static long residentBytes(long pid) throws IOException {
        return parseResidentBytes(Files.readAllLines(Path.of("/proc/" + pid + "/status")));
    }

    /** The time in seconds, summed over the processors, that the hypervisor gave to other machines since boot. */
    static double stolenSeconds() throws IOException {
        return parseStolenSeconds(Files.readAllLines(Path.of("/proc/stat")));
    }

    static long parseCpuMicros(String stat) {
        return parseTicks(stat, UTIME, STIME) * (1_000_000 / TICKS_PER_SECOND);
    }

    /** The command's name stands in parentheses and may itself hold spaces and parentheses: count from the last one. */
    private static long parseTicks(String stat, int... fields) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        int firstField = 3;
        long ticks = 0;
        for (int field : fields) {
            ticks += Long.parseLong(afterName[field - firstField]);
        }
        return ticks;
    }

    static long parseResidentBytes(List<String> status) {
        String line = status.stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no VmRSS line: the process has ended"));
        String[] words = line.strip().split("\\s+", -1);
        return Long.parseLong(words[1]) * 1024;
    }

    static double parseStolenSeconds(List<String> stat) {
        return allProcessors(stat)[STEAL] / (double) TICKS_PER_SECOND;
    }

    static double parseBusySeconds(List<String> stat) {
        long[] ticks = allProcessors(stat);
        long busy = 0;
        for (int field = 1; field < STEAL; field++) {
            busy += field == IDLE || field == IOWAIT ? 0 : ticks[field];
        }
        return busy / (double) TICKS_PER_SECOND;
    }

    /** The line of the sums over the processors; position 0 holds its name, as in proc(5)'s count. */
    private static long[] allProcessors(List<String> stat) {
        String[] words = stat.get(0).strip().split("\\s+", -1);
        long[] ticks = new long[words.length];
        for (int field = 1; field < words.length; field++) {
            ticks[field] = Long.parseLong(words[field]);
        }
        return ticks;
    }
}
