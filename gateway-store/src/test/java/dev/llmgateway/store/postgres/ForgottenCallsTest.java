package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgottenCallsTest {

    private final Logger logger = Logger.getLogger(ForgottenCalls.class.getName());
    private final List<String> said = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private long now;
    private final ForgottenCalls forgotten = new ForgottenCalls(() -> now);

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(listener);
    }

    @Test
    void areCountedAndSaidOnceAMinute() {
        forgotten.add(0);
        assertThat(said).isEmpty();

        forgotten.add(2);
        now += Duration.ofSeconds(59).toNanos();
        forgotten.add(3);
        assertThat(forgotten.count()).isEqualTo(5);
        assertThat(said).singleElement().asString().startsWith("2 calls are not recorded");

        now += Duration.ofSeconds(1).toNanos();
        forgotten.add(0);
        forgotten.add(0);
        assertThat(said).hasSize(2).last().asString().startsWith("3 calls are not recorded");
    }
}
