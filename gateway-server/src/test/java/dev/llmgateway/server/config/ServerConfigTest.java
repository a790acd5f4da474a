package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 8930, http://127.0.0.1:8930/v1, true",
        "127.0.0.1, 8930, http://localhost:8930, true",
        "0.0.0.0,   8930, http://localhost:8930, true",
        "'::',      8930, http://[::1]:8930, true",
        "gw.local,  8930, http://GW.local:8930/v1, true",
        "127.0.0.1, 8930, http://127.1:8930, true",
        "127.0.0.1, 80,   http://127.1/v1, true",
        "127.0.0.1, 8930, http://2130706433:8930, true",
        "127.0.0.1, 8930, http://[::ffff:127.0.0.1]:8930, true",
        "127.0.0.1, 8930, http://[::ffff:10.1.2.3]:8930, false",
        "127.0.0.1, 80,   http://localhost/v1, true",
        "127.0.0.1, 443,  https://localhost/v1, true",
        "127.0.0.1, 8930, http://localhost:11434, false",
        "127.0.0.1, 0,    http://localhost:0, false",
        "127.0.0.1, 8930, http://vllm.local:8930/v1, false",
        "10.1.2.3,  8930, http://localhost:8930, false",
        "0.0.0.0,   8930, http://under_score:8930, false",
    })
    void knowsItsOwnAddress(String host, int port, URI address, boolean own) {
        assertThat(new ServerConfig(host, port, 1).isReachedBy(address)).isEqualTo(own);
    }
}
