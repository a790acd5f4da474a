package dev.llmgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every example does what its first sentence says. */
final class ExamplesTest {

    private static final String LEFT_ALONE = "left alone: the call was not made: what it calls failed 3 times in 60 s";

    @Test
    void embedsTheGateway() {
        String output = outputOf(() -> EmbedInTenLines.ask(ExampleProvider.simulated()));

        String answer = "[simulated openai] You said: Say hello!";
        assertThat(output).isEqualTo(answer + System.lineSeparator() + answer);
    }

    @Test
    void findsTheNearestText() {
        String output = outputOf(() -> NearestText.find(ExampleProvider.simulated()));

        assertThat(output)
                .isEqualToIgnoringNewLines(
                        "A call may take five minutes, unless the caller says how long it may take.");
    }

    @Test
    void changesRequestAndAnswerAndHearsTheEnd() {
        String output = outputOf(() -> OwnInterceptor.ask(ExampleProvider.simulated()));

        assertThat(output)
                .contains("[SIMULATED OPENAI] YOU SAID: SAY HELLO!")
                .containsPattern("gpt-5\\.4-mini completed, .*output=\\d+");
    }

    @Test
    void tellsTheApplicationsOwnRegistryAndTraces() {
        String output = outputOf(() -> WatchTheGateway.ask(ExampleProvider.simulated()));

        assertThat(output.lines()).hasSize(4).contains("CLIENT chat gpt-5.4-mini", "INTERNAL chat gpt-5.4-mini");
        assertThat(output).containsPattern("input tokens: [1-9]").containsPattern("output tokens: [1-9]");
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
    void answersAQuestionInOtherWordsFromMemory() {
        String output = outputOf(() -> {
            try {
                OwnEmbedder.ask(ExampleProvider.simulated());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        String answer = "[simulated openai] You said: How do I reset my password?";
        assertThat(output.lines()).containsExactly(answer, answer, "1 answered from memory");
    }

    @Test
    void survivesAFrailProvider() {
        String output = outputOf(SurvivingGateway::survive);

        assertThat(output.replaceAll("again in \\d+ s", "again soon").lines())
                .containsExactly(
                        "  frail/sim-large failed: simulated error 503",
                        "[simulated frail] You said: Still there?",
                        "  frail/sim-large failed: provider \"frail\" refused the key that the gateway has for it",
                        "[simulated sturdy] You said: Still there?",
                        "  frail/sim-large is slow, asking sturdy/sim-large",
                        "[simulated sturdy] You said: Still there?",
                        "[simulated frail] You said: Still there?",
                        "  this was asked before with the same key",
                        "[simulated frail] You said: Still there?",
                        "[simulated frail] You said: Still there?",
                        "[simulated frail] You said: Still there?",
                        "8 requests were sent",
                        "[simulated frail] You said: Still there?",
                        "refused: the limit of 1 requests per minute (rpm) of tenant \"busy\" is reached; try again soon");
    }

    @Test
    void answersClientsWithSimulatedProvidersOfEveryType() throws IOException, InterruptedException {
        try (SimulatedVendors vendors = SimulatedVendors.start();
                HttpClient http = HttpClient.newHttpClient()) {
            for (String id : vendors.ids()) {
                HttpRequest.Builder call = HttpRequest.newBuilder(vendors.uri().resolve("/v1/chat/completions"))
                        .POST(BodyPublishers.ofString("{\"model\":\"" + SimulatedVendors.model(id)
                                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}"));

                assertThat(http.send(call.build(), BodyHandlers.ofString()).statusCode())
                        .isEqualTo(401);
                call.header("authorization", "Bearer " + SimulatedVendors.KEY);
                assertThat(http.send(call.build(), BodyHandlers.ofString()).body())
                        .contains("[simulated " + id + "] You said: Hello!");
                assertThat(vendors.provider(id).requestCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void wrapsACallThatIsNoGateways() {
        assertThat(outputOf(WrapAnyCall::wrap).lines())
                .containsExactly("sent", LEFT_ALONE, LEFT_ALONE, "4 calls were made");
    }

    @Test
    void findsWhatComesWithTheScannerAndWhatIsItsOwn() {
        assertThat(outputOf(() -> ScanText.main(new String[0])).lines())
                .containsExactly(
                        "4 to 24: email (email)",
                        "31 to 47: project_name (pattern)",
                        "55 to 64: badge (badge-number)",
                        "Ask [REDACTED:email] about [REDACTED:project_name]; badge [REDACTED:badge] opens the door,"
                                + " AB-7319-5 does not.");
    }

    @Test
    void letsNothingOfASecretPassWhereverTheStreamIsCut() {
        assertThat(outputOf(() -> GateAStream.main(new String[0])).lines())
                .containsExactly(
                        "\"The mail\" -> \"The \", held: 4",
                        "\" went to ja\" -> \"mail went to \", held: 2",
                        "\"ne.doe@exam\" -> \"\", held: 13",
                        "  found: email at 17, REDACT",
                        "\"ple.org, and the se\" -> \"[REDACTED], and the \", held: 2",
                        "\"rver is 10.1\" -> \"server is \", held: 4",
                        "  found: ip_address at 57, LOG_ONLY",
                        "\".2.3; that is\" -> \"10.1.2.3; that \", held: 2",
                        "\" all.\" -> \"is \", held: 4",
                        "end -> \"all.\"");
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
