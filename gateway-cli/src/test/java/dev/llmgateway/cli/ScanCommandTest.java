package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanCommandTest {

    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4e".repeat(4);

    @TempDir
    private Path directory;

    private record Run(int status, String out, String err) {}

    private Run run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings here = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                name -> null,
                directory);
        int status = Program.run(here, args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void tellsWhereEachFindingIsButNotWhatItIs() throws IOException {
        write("notes.txt", "first line\n\uD83D\uDE00 mail jane.doe@example.org, use " + TOKEN + "\n");

        Run run = run("", "scan", "notes.txt");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("notes\\.txt:2:9: email \\([a-z0-9-]+, [01]\\.\\d\\d, [0-9a-f]{16}\\)"),
                        line -> assertThat(line).startsWith("notes.txt:2:35: api_key (github"));
        assertThat(run.out()).doesNotContain("jane", TOKEN.substring(4));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void endsWithStatus0WhenThereIsNothing() throws IOException {
        write("a.txt", "nothing here\n");
        write("empty.txt", "");

        assertThat(run("", "scan", "a.txt", "empty.txt")).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void readsStandardInputWithoutAFileAndForAHyphen() throws IOException {
        write("a.txt", "nothing here\n");

        assertThat(run("use " + TOKEN, "scan").out()).startsWith("<stdin>:1:5: api_key");
        assertThat(run("use " + TOKEN, "scan", "a.txt", "-").out()).startsWith("<stdin>:1:5: api_key");
    }

    @Test
    void printsJsonLines() {
        assertThat(run("x\nuse " + TOKEN + "\n", "scan", "--json").out())
                .matches("\\{\"file\":\"<stdin>\",\"line\":2,\"column\":5,\"length\":40,\"kind\":\"api_key\","
                        + "\"rule\":\"[a-z0-9-]+\",\"confidence\":[01]\\.\\d\\d,\"hash\":\"[0-9a-f]{16}\"}\\R");
    }

    @Test
    void printsTheRedactedText() {
        Run run = run("\u00FC\r\nuse " + TOKEN + ", \uD83D\uDE00\n", "scan", "--redact");

        assertThat(run.out()).isEqualTo("\u00FC\r\nuse [REDACTED:api_key], \uD83D\uDE00\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void looksForTheKindsThatWereNamed() {
        String text = "mail jane.doe@example.org, use " + TOKEN;

        assertThat(run(text, "scan", "--kinds", "jwt,email").out())
                .contains("email")
                .doesNotContain("api_key");
        assertThat(run(text, "scan", "--kinds", "credentials").out())
                .contains("api_key")
                .doesNotContain("email");
    }

    @Test
    void anUnknownKindIsAnErrorWithTheList() {
        Run run = run("", "scan", "--kinds", "email,passport");

        assertThat(run.err()).contains("there is no kind 'passport'; kinds: credentials, personal, api_key, ");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void goesOnAfterAFileThatCannotBeReadAndEndsWithStatus2() throws IOException {
        write("b.txt", TOKEN);
        Files.createDirectory(directory.resolve("dir"));

        Run run = run("", "scan", "missing.txt", "dir", "b.txt");

        assertThat(run.err())
                .contains("missing.txt: there is no such file", "dir: is a directory")
                .doesNotContain("\tat ");
        assertThat(run.out()).startsWith("b.txt:1:1: api_key");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void skipsBinaryFilesAndReadsUtf16() throws IOException {
        Files.write(directory.resolve("a.bin"), ("\0\1" + TOKEN).getBytes(StandardCharsets.UTF_8));
        Files.write(directory.resolve("wide.txt"), ("\uFEFFuse " + TOKEN).getBytes(StandardCharsets.UTF_16LE));

        Run run = run("", "scan", "a.bin", "wide.txt");

        assertThat(run.err()).isEqualTo("llm-gateway: a.bin: binary, skipped" + System.lineSeparator());
        assertThat(run.out()).startsWith("wide.txt:1:5: api_key");
    }

    @Test
    void wantsOneFormOnly() {
        Run run = run("", "scan", "--json", "--redact");

        assertThat(run.err()).contains("leave one out");
        assertThat(run.status()).isEqualTo(2);
    }
}
