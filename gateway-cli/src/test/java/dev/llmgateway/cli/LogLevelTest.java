package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogLevelTest {

    @ParameterizedTest
    @CsvSource({
        "debug, DEBUG",
        "WARN, WARN",
        "off, OFF",
        "'error,llm_gateway=trace', TRACE",
        "'llm-gateway=warn,trace', WARN",
        "'debug,hyper=info', DEBUG",
        "'llm_gateway=debug,info', DEBUG",
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

    @ParameterizedTest
    @CsvSource({"bogus, bogus", "'info,llm_gateway=loud', loud", "'hyper=info, Verbose', verbose"})
    void saysWhichWordIsNoLevel(String value, String word) {
        for (String variable : List.of("LLM_GATEWAY_LOG", "RUST_LOG")) {
            assertThat(LogLevel.unknown(Map.of(variable, value)::get))
                    .containsExactly(variable + " has \"" + word
                            + "\", which is no level: off, error, warn, info, debug and trace are");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "debug", "llm_gateway=debug,info", "hyper=loud", "hyper::proto=trace,warn"})
    void saysNothingOfWhatItUnderstandsAndWhatIsForOthers(String value) {
        assertThat(LogLevel.unknown(Map.of("RUST_LOG", value)::get)).isEmpty();
        assertThat(LogLevel.unknown(Map.of("LLM_GATEWAY_LOG", "warn", "RUST_LOG", "loud")::get))
                .isEmpty();
    }
}
