package dev.llmgateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, with nothing in its environment, and nothing to read. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder output = new StringBuilder();

    private GatewayProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it in a directory; what it writes to standard error comes with the rest. */
    static GatewayProcess start(Path directory, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.llmgateway.cli.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new GatewayProcess(process);
    }

    /**
     * Reads until a line with this text.
     *
     * @return the line
     * @throws IllegalStateException when the output ends before
     */
    String awaitLine(String text) {
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new IllegalStateException("no line with \"" + text + "\" in:\n" + output);
    }

    /** Reads to the end of the output and waits for the end of the process. */
    int awaitEnd() throws InterruptedException {
        while (readLine() != null) {
            Thread.onSpinWait();
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end; its output is:\n" + output);
        }
        return process.exitValue();
    }

    /** Sends SIGTERM, and leaves the output open. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Everything that was read so far. */
    String output() {
        return output.toString();
    }

    private String readLine() {
        try {
            String line = lines.readLine();
            if (line != null) {
                output.append(line).append('\n');
            }
            return line;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
