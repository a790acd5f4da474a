package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that come back by themselves, in this process. */
final class CommandLineTest {

    private static final String VALID = """
            [server]
            port = 9000

            [[providers]]
            id = "main"
            provider_type = "openai"
            api_key = "${KEY}"

            [[providers]]
            id = "spare"
            provider_type = "anthropic"
            enabled = false
            """;

    @TempDir
    private Path directory;

    private record Run(int status, String out, String err) {}

    private Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings here = new Surroundings(
                InputStream.nullInputStream(),
                stream(out),
                stream(err),
                false,
                Map.of("KEY", "k-very-secret")::get,
                directory);
        int status = Program.run(here, args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "demo --version"})
    void tellsItsVersion(String args) {
        Run run = run(args.split(" ", -1));

        assertThat(run.out()).matches("llm-gateway \\d+\\.\\d+\\.\\d+\\R");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void listsCommandsAndOptions() {
        Run run = run("--help");

        assertThat(run.out())
                .contains("serve", "check-config", "demo", "-c, --config", "-p, --port", "-h, --help", "-V, --version");
        assertThat(run.status()).isZero();
    }

    @Test
    void explainsOneCommand() {
        assertThat(run("demo", "-h").out())
                .startsWith("Usage: llm-gateway demo")
                .contains("--once");
    }

    @ParameterizedTest
    @CsvSource({
        "serv, Did you mean: llm-gateway serve?",
        "--prot, Unknown option",
        "--port=70000, not a port number from 0 to 65535",
        "--port=http, not a port number from 0 to 65535",
        "--config, Missing required parameter for option"
    })
    void aCommandLineThatMakesNoSenseEndsWithStatus2AndASentence(String args, String sentence) {
        Run run = run(args);

        assertThat(run.err()).startsWith("llm-gateway: ").contains(sentence).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void theDemoTakesNoConfigurationFile() throws IOException {
        write("own.toml", VALID);

        Run run = run("demo", "--once", "--config", "own.toml");

        assertThat(run.err()).contains("leave --config out");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void checkConfigCountsProvidersOfTheUsualFile() throws IOException {
        write("config.toml", VALID);

        Run run = run("check-config");

        assertThat(run.out())
                .contains("config.toml: ok, 1 provider (main), 1 disabled, listens on 127.0.0.1:9000")
                .doesNotContain("k-very-secret");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void refusesAProviderThatIsTheGatewayItself() throws IOException {
        write("circle.toml", """
                [[providers]]
                id = "me"
                provider_type = "local"
                endpoint = "http://localhost:8930/v1"
                """);

        Run own = run("check-config", "-c", "circle.toml");
        assertThat(own.status()).isEqualTo(1);
        assertThat(own.err()).contains("provider \"me\"").contains("this gateway's own address");
        assertThat(run("check-config", "-c", "circle.toml", "--port", "8931").status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-config --config own.toml --port 9999", "--port 9999 -c own.toml check-config"})
    void optionsCountBeforeAndAfterTheCommand(String args) throws IOException {
        write("own.toml", VALID);

        assertThat(run(args.split(" ", -1)).out()).contains("own.toml: ok").contains("listens on 127.0.0.1:9999");
    }

    @Test
    void checkConfigNamesSettingsWithoutEffect() throws IOException {
        write("config.toml", VALID + "[update]\nmode = \"auto\"\n");

        assertThat(run("check-config").out()).contains("no effect yet: update");
    }

    @Test
    void checkConfigTellsEveryProblem() throws IOException {
        write("config.toml", "[server]\nprot = 1\nport = \"x\"\n");

        Run run = run("check-config");

        assertThat(run.err())
                .contains("2 problems")
                .contains("unknown key 'prot' in [server], line 2: did you mean 'port'?")
                .contains("line 3")
                .doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void checkConfigWithoutAFileIsAFailure() {
        Run run = run("check-config");

        assertThat(run.err()).contains("there is no config.toml in this directory");
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check-config"})
    void aFileThatWasNamedHasToBeThere(String command) {
        Run run = run(command, "--config", "nowhere.toml");

        assertThat(run.err()).contains("nowhere.toml: there is no such file");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsToldWithoutShowingIt() throws IOException {
        write("config.toml", "[[providers]]\nid = \"main\"\nprovider_type = \"openai\"\napi_key = \"secr\u00e8t\"\n");

        Run run = run("serve", "--port", "0");

        assertThat(run.err()).contains("API key of provider \"main\"").doesNotContain("secr", "\tat ");
        assertThat(run.status()).isEqualTo(1);
    }
}
