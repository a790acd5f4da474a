package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserGuardTest {
    private final BrowserGuard onLoopback = new BrowserGuard("127.0.0.1");
    private final BrowserGuard everywhere = new BrowserGuard("0.0.0.0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8930",
                "LOCALHOST:1",
                "127.0.0.1:8930",
                "127.1.2.3",
                "[::1]:8930",
                "[::1]",
                "gw.localhost:80"
            })
    void namesOfThisMachineMayBeCalled(String host) {
        assertThat(onLoopback.check(host, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8930",
                "127.evil.example",
                "localhost.evil.example",
                "10.0.0.1",
                "",
                "[::2]:1",
                "127.0.0.1.evil.example:8930"
            })
    void otherNamesAreRefusedOnALoopbackAddress(String host) {
        assertThat(onLoopback.check(host, null)).isNotNull();
    }

    @Test
    void otherNamesAreFineOnOtherAddresses() {
        assertThat(everywhere.check("gateway.example:8930", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8930,http://localhost:8930",
        "127.0.0.1:8930,http://127.0.0.1:8930",
        "localhost,https://localhost",
    })
    void theGatewaysOwnPagesMayCallIt(String host, String origin) {
        assertThat(onLoopback.check(host, origin)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost:3000",
                "null",
                "",
                "http://localhost:8930.evil.example",
                "localhost:8930"
            })
    void pagesOfOtherOriginsMayNot(String origin) {
        assertThat(onLoopback.check("localhost:8930", origin)).isNotNull();
        assertThat(everywhere.check("localhost:8930", origin)).isNotNull();
    }
}
