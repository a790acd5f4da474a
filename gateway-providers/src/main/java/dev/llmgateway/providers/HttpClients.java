package dev.llmgateway.providers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The HTTP clients of providers.
 *
 * <p>HTTP/1.1 only: every call has a connection of its own, so closing a call closes a socket, a broken connection breaks
 * one call, and no reader thread stands between the socket and the calling thread. Timeouts are off but for connecting:
 * the gateway has one timer for all calls, which costs a write per event instead of a timer entry per read. Nothing is
 * sent twice: a request that reached a provider may have been paid for, so repeating it is the retry stage's decision.
 */
final class HttpClients {

    /** More than the calls that are expected at once: what is over is closed after its call. */
    private static final int MOST_IDLE = 1_024;

    private HttpClients() {}

    /**
     * A client.
     *
     * @param dns looks up the names of hosts
     */
    static OkHttpClient create(ProviderType type, Duration connectTimeout, Dns dns) {
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .dns(dns)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .fastFallback(false)
                .socketFactory(new NoDelaySockets())
                .connectionPool(new ConnectionPool(MOST_IDLE, idleSeconds(type), TimeUnit.SECONDS))
                .build();
        return HandshakeLimit.on(client, connectTimeout);
    }

    /**
     * How long an idle connection is kept. Uvicorn, and so vLLM, closes connections that were idle for 5 seconds; one that
     * is used in the same moment would fail.
     */
    private static long idleSeconds(ProviderType type) {
        return type == ProviderType.LOCAL ? 4 : 60;
    }

    /** Sends small requests at once instead of waiting for more to fill a packet. */
    private static final class NoDelaySockets extends SocketFactory {
        private final SocketFactory delegate = SocketFactory.getDefault();

        @Override
        public Socket createSocket() throws IOException {
            return noDelay(delegate.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return noDelay(delegate.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return noDelay(delegate.createSocket(host, port, localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return noDelay(delegate.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return noDelay(delegate.createSocket(host, port, localHost, localPort));
        }

        private static Socket noDelay(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }
    }
}
