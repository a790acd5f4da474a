package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its users see it: a process, its output, and the commands in it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DemoProcessTest {

    /** A command begins at the start of a line and ends with an empty one. */
    private static final Pattern COMMAND = Pattern.compile("(?ms)^curl .*?(?=\\n\\n)");

    @TempDir
    private Path directory;

    @Test
    void theShowEndsByItselfAndEveryStepWorks() throws IOException, InterruptedException {
        try (GatewayProcess demo = GatewayProcess.start(directory, Map.of(), "demo", "--once", "--port", "0")) {
            assertThat(demo.awaitEnd()).as(demo.output()).isZero();

            assertThat(demo.output())
                    .contains("SIMULATED", "All 6 steps did what they say.")
                    .containsPattern("x-gateway-provider +anthropic-sim")
                    .containsPattern("requests to azure-sim +1\n")
                    .containsPattern("content\\[0\\].name +get_weather")
                    .containsPattern("output\\[0\\].name +get_weather")
                    .doesNotContain("FAILED", "\033");
        }
    }

    @Test
    void itsCommandsReallyWork() throws IOException, InterruptedException {
        try (GatewayProcess demo = GatewayProcess.start(directory, Map.of(), "demo", "--port", "0")) {
            demo.awaitLine("Ctrl-C stops it.");
            List<String> commands = COMMAND.matcher(demo.output())
                    .results()
                    .map(MatchResult::group)
                    .toList();

            assertThat(commands).hasSize(6);
            assertThat(shell(commands.get(0)))
                    .contains("200 OK", "x-gateway-provider: anthropic-sim", "\"object\":\"chat.completion\"")
                    .contains("[simulated anthropic] You said: Hello");
            assertThat(shell(commands.get(1)))
                    .contains("200 OK", "x-gateway-provider: openai-sim", "\"type\":\"message\"");
            assertThat(shell(commands.get(2))).contains("data: {").endsWith("data: [DONE]\n\n");
            assertThat(shell(commands.get(3))).contains("200 OK", "\"tool_use\"", "get_weather", "Oslo");
            assertThat(shell(commands.get(4)))
                    .contains("200 OK", "x-gateway-provider: anthropic-sim", "\"function_call\"", "get_weather");
            assertThat(shell(commands.get(5)))
                    .contains("200 OK", "x-gateway-provider: openai-sim", "Is anybody there?");
            demo.terminate();
            demo.awaitEnd();
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsAnError() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayProcess demo = GatewayProcess.start(
                        directory, Map.of(), "demo", "--once", "--port", "" + taken.getLocalPort())) {
            assertThat(demo.awaitEnd()).isEqualTo(1);

            assertThat(demo.output())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--port")
                    .hasLineCount(1);
        }
    }

    private String shell(String command) throws IOException, InterruptedException {
        Path answer = Files.createTempFile(directory, "answer", "");
        Process sh = new ProcessBuilder("/bin/sh", "-c", command.replaceFirst("curl", "curl -sS --max-time 30"))
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertThat(sh.waitFor()).isZero();
        return Files.readString(answer, StandardCharsets.UTF_8);
    }
}
