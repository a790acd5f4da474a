package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static FinishedCall call(int status, @Nullable String source) {
        CallRecord record = new CallRecord(
                "req_" + status,
                Instant.parse("2026-11-22T12:00:00.012345Z"),
                "default",
                CallLabels.of(source, null),
                new CallRecord.Asked("gpt-4o", "balanced", DataClassification.INTERNAL, false),
                null,
                new CallRecord.End(status, null),
                new CallRecord.Path(1, 0, false, CacheResult.MISS, false, null),
                new CallRecord.Times(null, Duration.ofMillis(5), Duration.ofNanos(1_234_567)),
                Spend.NOTHING,
                List.of());
        return new FinishedCall(record, new WrittenDetails("{}", new Bodies("\"what was said\"", null)));
    }

    private List<String> lines(RequestLog.Lines wanted) {
        try (RequestLog log = RequestLog.start(out, wanted)) {
            log.accept(call(200, "ide\n{\"forged\":1}"));
            log.accept(new LateCharge("req_200", 1, Spend.NOTHING));
            log.accept(call(404, null));
            log.accept(call(502, null));
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void writesOneLinePerCallWithoutWhatWasSaid() {
        assertThat(lines(RequestLog.Lines.ALL))
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"ts\":\"2026-11-22T12:00:00.012345Z\","));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"source\":\"ide\\n{\\\"forged\\\":1}\"", "\"gateway_ms\":1.235", "\"ttft_ms\":null")
                .doesNotContain("what was said");
    }

    @Test
    void writesLessWhenLessIsWanted() {
        assertThat(lines(RequestLog.Lines.FAULTS))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("req_502"));
        out.reset();
        assertThat(lines(RequestLog.Lines.NONE)).isEmpty();
    }
}
