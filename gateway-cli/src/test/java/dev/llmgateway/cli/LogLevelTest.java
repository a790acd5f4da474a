package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLevelTest {

    @ParameterizedTest
    @CsvSource({
        "debug, DEBUG",
        "WARN, WARN",
        "off, OFF",
        "'error,llm_gateway=trace', TRACE",
        "'llm-gateway=warn,trace', WARN",
        "'debug,hyper=info', DEBUG",
        "loud, INFO",
        "'', INFO"
    })
    void readsTheVariable(String value, LogLevel expected) {
        assertThat(LogLevel.of(Map.of("LLM_GATEWAY_LOG", value)::get, LogLevel.INFO))
                .isEqualTo(expected);
        assertThat(LogLevel.of(Map.of("RUST_LOG", value)::get, LogLevel.INFO)).isEqualTo(expected);
    }

    @Test
    void theGatewaysOwnVariableCountsFirst() {
        Map<String, String> both = Map.of("LLM_GATEWAY_LOG", "warn", "RUST_LOG", "trace");

        assertThat(LogLevel.of(both::get, LogLevel.INFO)).isEqualTo(LogLevel.WARN);
    }
}
