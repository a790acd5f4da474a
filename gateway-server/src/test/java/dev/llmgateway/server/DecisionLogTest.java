package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final String CHAT = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Secret?\"}]}";

    @Test
    void tellsOfEachCallWhoIsAskedAndWhoIsNotAndNothingOfThePrompt() {
        Logger logger = Logger.getLogger("dev.llmgateway.routing");
        Lines lines = new Lines();
        logger.addHandler(lines);
        logger.setLevel(Level.FINER);
        try (TestServer server = TestServer.start()) {
            server.post("/v1/chat/completions", CHAT.formatted("gpt-4o"));
            server.post("/v1/chat/completions", CHAT.formatted("nobody-knows"));
        } finally {
            logger.setLevel(null);
            logger.removeHandler(lines);
        }

        assertThat(lines.all)
                .anySatisfy(line -> assertThat(line).contains("gpt-4o -> openai/gpt-4o (pinned), then "))
                .anySatisfy(line -> assertThat(line).contains("nobody-knows -> refused: the model \"nobody-knows\""))
                .anySatisfy(line -> assertThat(line)
                        .contains(": not anthropic/claude-opus-4-20250514: is retired since 2026-06-15"))
                .noneSatisfy(line -> assertThat(line).contains("Secret"));
    }

    private static final class Lines extends Handler {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            all.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
