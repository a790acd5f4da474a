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
    private static final int STEAL = 8;

    private ProcStat() {}

    /** CPU time in microseconds, user and system, of all threads of the process, the ended ones included. */
    static long cpuMicros(long pid) throws IOException {
        return parseCpuMicros(Files.readString(Path.of("/proc/" + pid + "/stat")));
    }

    /** Resident memory in bytes. */
    static long residentBytes(long pid) throws IOException {
        return parseResidentBytes(Files.readAllLines(Path.of("/proc/" + pid + "/status")));
    }

    /** The time in seconds, summed over the processors, that the hypervisor gave to other machines since boot. */
    static double stolenSeconds() throws IOException {
        return parseStolenSeconds(Files.readAllLines(Path.of("/proc/stat")));
    }

    /** The command's name stands in parentheses and may itself hold spaces and parentheses: count from the last one. */
    static long parseCpuMicros(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        int firstField = 3;
        long ticks =
                Long.parseLong(afterName[UTIME - firstField]) + Long.parseLong(afterName[STIME - firstField].strip());
        return ticks * (1_000_000 / TICKS_PER_SECOND);
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
        String[] words = stat.get(0).strip().split("\\s+", -1);
        return Long.parseLong(words[STEAL]) / (double) TICKS_PER_SECOND;
    }
}
