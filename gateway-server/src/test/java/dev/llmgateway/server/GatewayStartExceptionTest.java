package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ServerConfig;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class GatewayStartExceptionTest {

    private static final ServerConfig SERVER = GatewayConfig.defaults().server();

    @Test
    void namesTheAddressWhenItCannotBeListenedOn() {
        Throwable taken = new IllegalStateException("failed", new BindException("Address already in use"));

        assertThat(new GatewayStartException(SERVER, taken))
                .hasMessage("cannot listen on 127.0.0.1:8930: Address already in use");
        assertThat(new GatewayStartException(SERVER, new RuntimeException(new UnresolvedAddressException())))
                .hasMessage("cannot listen on 127.0.0.1:8930: there is no host of that name");
    }

    @Test
    void doesNotBlameTheAddressForAnotherReason() {
        assertThat(new GatewayStartException(SERVER, new IllegalStateException("no memory")))
                .hasMessage("cannot start: no memory");
    }
}
