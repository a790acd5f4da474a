package dev.llmgateway.server.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** All clients of a chaos run, so many of them at a time. */
final class ChaosClients implements AutoCloseable {

    /** The name of the threads of clients. */
    static final String THREAD = "chaos-client";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What became of a client that stayed, or of one that left. */
    sealed interface End {

        record Stayed(ChaosPlan.Client client, Seen seen) implements End {}

        record Left() implements End {}
    }

    private final URI gateway;
    private final int atATime;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(THREAD).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    ChaosClients(URI gateway, int atATime) {
        this.gateway = gateway;
        this.atATime = atATime;
    }

    /** Lets all of them call. */
    List<End> run(List<ChaosPlan.Client> clients) throws InterruptedException, ExecutionException {
        Semaphore places = new Semaphore(atATime);
        List<Future<End>> running = new ArrayList<>();
        for (ChaosPlan.Client client : clients) {
            places.acquire();
            running.add(threads.submit(() -> {
                try {
                    return client.leaves() ? leave(client) : stay(client);
                } finally {
                    places.release();
                }
            }));
        }
        List<End> ends = new ArrayList<>();
        for (Future<End> end : running) {
            ends.add(end.get());
        }
        return ends;
    }

    private End stay(ChaosPlan.Client client) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(gateway + client.speaks().path()))
                .header("content-type", "application/json")
                .timeout(LONGEST)
                .POST(HttpRequest.BodyPublishers.ofString(client.body()));
        client.headers().stream().map(line -> line.split(": ", 2)).forEach(line -> request.header(line[0], line[1]));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new End.Stayed(client, client.speaks().read(answer));
    }

    /** Leaves when the answer begins, or when its patience ends. */
    private End leave(ChaosPlan.Client client) throws IOException {
        String body = client.body();
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("POST " + client.speaks().path() + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + String.join("\r\n", client.headers()) + "\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(client.patienceMillis());
            try {
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                // The patience is at its end.
            }
        }
        return new End.Left();
    }

    @Override
    public void close() {
        http.close();
        threads.close();
    }
}
