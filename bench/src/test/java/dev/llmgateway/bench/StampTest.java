package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampTest {

    @Test
    void writesTheNumberIntoEveryPlaceAndNowhereElse() {
        byte[] bytes = ("a " + Stamp.PLACE + ", b " + Stamp.PLACE).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.wrap(bytes);

        Stamp.of(bytes).write(255, request);
        assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo("a 00000000000000ff, b 00000000000000ff");
    }

    @Test
    void aRequestOfDistinctOnesHasAPlaceInItsBody() {
        Workload equal = new Workload(Dialect.OPENAI, 1024, new Answer.Whole(1024));

        assertThat(text(equal)).doesNotContain(Stamp.PLACE);
        assertThat(text(equal.with(Sameness.DISTINCT))).containsOnlyOnce(Stamp.PLACE);
        assertThat(text(equal.with(Sameness.DISTINCT_WITH_KEYS))).contains("Idempotency-Key: " + Stamp.PLACE);
    }

    private static String text(Workload workload) {
        return new String(workload.request(Dialect.OPENAI), StandardCharsets.US_ASCII);
    }
}
