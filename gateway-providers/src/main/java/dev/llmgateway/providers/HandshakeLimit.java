package dev.llmgateway.providers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Bounds the wait for each word of a server in the TLS handshake by the time to connect: to OkHttp that is no longer
 * connecting, and reads have no limit here. OkHttp lifts the limit when the connection is handed to its first call.
 */
final class HandshakeLimit extends SSLSocketFactory {

    private final SSLSocketFactory delegate;
    private final int millis;

    private HandshakeLimit(SSLSocketFactory delegate, int millis) {
        this.delegate = delegate;
        this.millis = millis;
    }

    /** The same client with the limit. */
    static OkHttpClient on(OkHttpClient client, Duration limit) {
        HandshakeLimit limited = new HandshakeLimit(client.sslSocketFactory(), Math.toIntExact(limit.toMillis()));
        X509TrustManager trust = Objects.requireNonNull(client.x509TrustManager(), "TLS is not switched off");
        return client.newBuilder().sslSocketFactory(limited, trust).build();
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        connected.setSoTimeout(millis);
        return delegate.createSocket(connected, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return delegate.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return delegate.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return delegate.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return delegate.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return delegate.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return delegate.createSocket(host, port, localHost, localPort);
    }
}
