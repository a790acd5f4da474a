package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long servers may be silent in the TLS handshake, and after it. */
class HandshakeLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final int LONGER_MILLIS = 900;
    private static final char[] PASSWORD = "not-a-secret".toCharArray();

    @Test
    void silenceAfterTheHandshakeIsNotLimited(@TempDir Path directory) throws Exception {
        KeyStore keys = selfSigned(directory);
        SSLContext context = context(keys);
        try (ServerSocket server =
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerLate(server));
            OkHttpClient trusting = new OkHttpClient.Builder()
                    .readTimeout(Duration.ZERO)
                    .sslSocketFactory(context.getSocketFactory(), trust(keys))
                    .build();

            try (Response answer = ask(HandshakeLimit.on(trusting, LIMIT), server)) {
                assertThat(answer.body().string()).isEqualTo("late");
            }
        }
    }

    @Test
    void silenceInTheHandshakeIs() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            OkHttpClient client =
                    new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> ask(HandshakeLimit.on(client, LIMIT), server));
        }
    }

    private static Response ask(OkHttpClient client, ServerSocket server) throws IOException {
        Request request = new Request.Builder()
                .url("https://127.0.0.1:" + server.getLocalPort())
                .build();
        return client.newCall(request).execute();
    }

    /** Answers when its client has said nothing more for a while. */
    private static void answerLate(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(LONGER_MILLIS);
            try {
                socket.getInputStream().readAllBytes();
            } catch (SocketTimeoutException e) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlate".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client sees that it gets no answer.
        }
    }

    private static KeyStore selfSigned(Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int status = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(status).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new X509TrustManager[] {trust(keys)}, null);
        return context;
    }

    private static X509TrustManager trust(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        trusted.setCertificateEntry("self", keys.getCertificate("self"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return (X509TrustManager) managers.getTrustManagers()[0];
    }
}
