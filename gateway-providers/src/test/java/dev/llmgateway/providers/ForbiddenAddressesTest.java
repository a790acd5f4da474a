package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "2852039166", // 169.254.169.254 as one decimal number
                "169.16689662", // and in two parts
                "::ffff:169.254.169.254",
                "[::ffff:a9fe:a9fe]",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "fe80::1",
                "febf::1",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "metadata.google.internal",
                "METADATA.google.internal.",
                "instance-data",
            })
    void addressesOfMetadataServicesAreForbiddenHoweverTheyAreWritten(String host) {
        assertThat(ForbiddenAddresses.has(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "::1",
                "10.1.2.3",
                "192.168.1.5",
                "172.16.0.9",
                "100.100.100.201",
                "169.253.255.255",
                "fd00:1::1",
                "2001:db8::a9fe:a9fe",
                "a9fe::1",
                "8.8.8.8",
                "no-such-host.invalid",
            })
    void othersAreNot(String host) {
        assertThat(ForbiddenAddresses.has(host)).isFalse();
    }

    @Test
    void aNameThatComesToMeanAForbiddenAddressIsNotFound() throws UnknownHostException {
        assertThat(ForbiddenAddresses.lookup("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
        assertThatThrownBy(() -> ForbiddenAddresses.lookup("169.254.1.1")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aProviderThatRefusesThemIsNotMadeForOne() {
        Providers.Builder provider =
                Providers.builder(ProviderType.LOCAL, "odd").endpoint("http://169.254.169.254/v1");
        provider.build().close();
        assertThatThrownBy(() -> provider.refuseForbiddenAddresses().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"odd\"");
    }
}
