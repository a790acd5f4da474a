package dev.llmgateway.bench.outage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The gateway as a process of its own, which is killed and started again. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 100;
    private static final int OK = 200;

    private final Path config;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    /** One that is not started yet; its files go into the directory. */
    GatewayProcess(Path directory, int port, int upstreamPort, String database) throws IOException {
        this.port = port;
        this.log = directory.resolve("gateway.log");
        this.config = Files.writeString(directory.resolve("config.toml"), """
                [server]
                port = %d

                [database]
                url = "%s"
                spool_dir = "%s"

                [[providers]]
                id = "mock-openai"
                provider_type = "openai"
                api_key = "bench"
                endpoint = "http://127.0.0.1:%d/v1"
                """.formatted(
                        port, database, directory.resolve("spool"), upstreamPort));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Starts it, and returns when it answers. */
    void start() throws IOException, InterruptedException {
        process = java(log, "dev.llmgateway.cli.Main", "serve", "--config", config.toString());
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!isThere()) {
            if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                throw new IOException("the gateway does not start, see " + log);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Starts a main class of this program's class path. */
    static Process java(Path log, String mainClass, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean isThere() throws InterruptedException {
        try {
            return get("/health").statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a metric without labels. */
    long metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + name + " (.*)$")
                .matcher(get("/metrics").body());
        if (!line.find()) {
            throw new IOException("there is no metric " + name);
        }
        return (long) Double.parseDouble(line.group(1));
    }

    /** Kills it with SIGKILL, and returns the moment just before that, by {@link System#nanoTime}. */
    long kill() throws InterruptedException {
        long moment = System.nanoTime();
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        return moment;
    }

    /** Ends it in peace. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
