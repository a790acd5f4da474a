package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    @Test
    void addsUserAndSystemTimeOfAProcessWhoseNameHasSpacesAndParentheses() {
        String stat = "4242 (my (odd) name) S 1 4242 4242 0 -1 4194304 9000 0 12 0 345 67 8 9 20 0 30 0 100 5000 600\n";

        assertThat(ProcStat.parseCpuMicros(stat)).isEqualTo((345 + 67) * 10_000L);
    }

    @Test
    void readsResidentMemoryInBytes() {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t  210000 kB", "VmRSS:\t  204800 kB");

        assertThat(ProcStat.parseResidentBytes(status)).isEqualTo(204_800L * 1024);
    }

    @Test
    void saysThatTheProcessHasEndedWhenItHasNoMemory() {
        assertThatThrownBy(() -> ProcStat.parseResidentBytes(List.of("Name:\tjava", "State:\tZ (zombie)")))
                .hasMessageContaining("has ended");
    }

    @Test
    void readsStolenTimeOfAllProcessors() {
        List<String> stat = List.of("cpu  100 0 50 1000 5 0 3 250 0 0", "cpu0 50 0 25 500 2 0 1 125 0 0");

        assertThat(ProcStat.parseStolenSeconds(stat)).isEqualTo(2.5);
    }

    @Test
    void waitingAndStolenTimeIsNotBusy() {
        List<String> stat = List.of("cpu  100 10 50 1000 500 4 6 250 0 0");

        assertThat(ProcStat.parseBusySeconds(stat)).isEqualTo(1.7);
    }

    @Test
    void readsThisProcess() throws Exception {
        long pid = ProcessHandle.current().pid();

        assertThat(ProcStat.cpuMicros(pid)).isPositive();
        assertThat(ProcStat.residentBytes(pid)).isGreaterThan(1 << 20);
    }
}
