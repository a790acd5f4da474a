package dev.llmgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every example does what its first sentence says. */
final class ExamplesTest {

    @Test
    void embedsTheGateway() {
        String output = outputOf(() -> EmbedInTenLines.ask(ExampleProvider.simulated()));

        String answer = "[simulated openai] You said: Say hello!";
        assertThat(output).isEqualTo(answer + System.lineSeparator() + answer);
    }

    @Test
    void changesRequestAndAnswerAndHearsTheEnd() {
        String output = outputOf(() -> OwnInterceptor.ask(ExampleProvider.simulated()));

        assertThat(output)
                .contains("[SIMULATED OPENAI] YOU SAID: SAY HELLO!")
                .containsPattern("gpt-5\\.4-mini completed, .*output=\\d+");
    }

    @Test
    void choosesAModelWithinItsCeilingAndSaysWhyNotTheOthers() {
        String output = outputOf(() -> ChooseAModel.choose(ExampleProvider.simulated()));

        assertThat(output)
                .startsWith("auto -> openai/")
                .containsPattern("not openai/\\S+: ")
                .contains("[simulated openai] You said: Write a haiku about gateways.");
    }

    @Test
    void streamsToTheTerminal() {
        String output = outputOf(() -> StreamToTerminal.answer(ExampleProvider.simulated(), "Why?"));

        assertThat(output).startsWith("[simulated openai] You said: Why?").contains("-- stopped: ", "-- tokens: ");
    }

    @Test
    void saysWhenThereIsNoAnswer() {
        String output = outputOf(() -> StreamToTerminal.answer(ExampleProvider.simulated(), "sim-500"));

        assertThat(output).contains("no complete answer: ").doesNotContain("\tat ");
    }

    @Test
    void theReadmeShowsTheCompiledCode() throws IOException {
        String code = Files.readString(Path.of("src/main/java/dev/llmgateway/examples/EmbedInTenLines.java"));
        String readme = Files.readString(Path.of("../README.md"));
        int begin = code.indexOf("        try (Gateway");
        String body = code.substring(begin, code.lastIndexOf("    }\n}"))
                .stripTrailing()
                .stripIndent();

        assertThat(readme).contains(body);
    }

    /* The examples print, as examples do. */
    private static String outputOf(Runnable example) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(terminal);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
