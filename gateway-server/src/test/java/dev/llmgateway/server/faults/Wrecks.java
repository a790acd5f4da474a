package dev.llmgateway.server.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers that are no providers, one for each {@link Place} but the simulated one. */
final class Wrecks implements AutoCloseable {

    /** What a server does with a connection; its input has something to read. */
    @FunctionalInterface
    private interface Manner {
        void serve(Socket socket) throws IOException;
    }

    private static final char[] PASSWORD = "not-a-secret".toCharArray();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServerSocket> servers = new ArrayList<>();
    /** Bound, but nobody listens: no other program can take the port meanwhile. */
    private final Socket taken = new Socket();

    private final ServerSocket plain;
    private final ServerSocket silent;
    private final ServerSocket selfSigned;

    Wrecks(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        plain = serve(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), Wrecks::refuse);
        silent = serve(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), Wrecks::readAll);
        selfSigned = serve(
                tls(directory).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                Wrecks::readAll);
    }

    /** The address of a place. */
    URI uri(Place place) {
        return switch (place) {
            case SIMULATED -> throw new IllegalArgumentException("simulated providers are not here");
            case NOBODY_LISTENS -> URI.create("http://127.0.0.1:" + taken.getLocalPort());
            case PLAIN_HTTP -> URI.create("https://127.0.0.1:" + plain.getLocalPort());
            case SILENT_TLS -> URI.create("https://127.0.0.1:" + silent.getLocalPort());
            case SELF_SIGNED -> URI.create("https://127.0.0.1:" + selfSigned.getLocalPort());
            case UNKNOWN_NAME -> URI.create("http://no-such-provider.invalid");
        };
    }

    private ServerSocket serve(ServerSocket server, Manner manner) {
        servers.add(server);
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> serve(socket, manner));
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
        return server;
    }

    private static void serve(Socket socket, Manner manner) {
        try (socket) {
            manner.serve(socket);
        } catch (IOException e) {
            // The client has left, as it should.
        }
    }

    /** As web servers do with bytes that are not HTTP. */
    private static void refuse(Socket socket) throws IOException {
        if (socket.getInputStream().read() >= 0) {
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void readAll(Socket socket) throws IOException {
        socket.getInputStream().readAllBytes();
    }

    /** A certificate for 127.0.0.1 that the JDK's own tool makes. */
    private static SSLContext tls(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("self-signed.p12");
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
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("keytool ended with " + status);
        }
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        Files.delete(file);
        return context;
    }

    @Override
    public void close() {
        try {
            taken.close();
            for (ServerSocket server : servers) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
