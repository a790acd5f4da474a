package dev.llmgateway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.cli.demo.Expectation.Asked;
import dev.llmgateway.cli.demo.Expectation.Field;
import dev.llmgateway.cli.demo.Expectation.Header;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The show fails when it should. */
final class StepRunnerTest {

    private final Scene scene = Scene.open(0);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final StepRunner runner =
            new StepRunner(scene, new Screen(new PrintStream(screen, true, StandardCharsets.UTF_8), true));

    @AfterEach
    void close() {
        runner.close();
        scene.close();
    }

    private static HttpCall call(String model, boolean stream) {
        String body = "{\"model\": \"" + model + "\", \"stream\": " + stream
                + ", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
        return new HttpCall("-i", "/v1/chat/completions", List.of(), body);
    }

    private static Step complete(String model, Expectation expectation) {
        return new Step.Complete("A test", call(model, false), List.of(expectation));
    }

    private static Step streamed(String model, String lastData) {
        return new Step.Streamed("A test", call(model, true), List.of(), "/choices/0/delta/content", lastData);
    }

    @Test
    void showsWhatIsThereInColours() throws Exception {
        runner.run(complete("gpt-5.4", new Header("x-gateway-provider", Scene.OPENAI)));

        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("x-gateway-provider", "openai-sim", "\033[");
    }

    @Test
    void anotherValueIsAFailure() {
        assertThatThrownBy(() -> runner.run(complete("gpt-5.4", new Header("x-gateway-provider", Scene.ANTHROPIC))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("x-gateway-provider should be there and contain \"anthropic-sim\"");
    }

    @Test
    void aMissingValueIsAFailure() {
        assertThatThrownBy(() -> runner.run(complete("gpt-5.4", new Field("/choices/7/message", ""))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("choices[7].message");
    }

    @Test
    void aProviderThatWasNotAskedIsAFailure() {
        assertThatThrownBy(() -> runner.run(complete("openai/gpt-5.4", new Asked(Scene.AZURE))))
                .isInstanceOf(StepFailure.class);
    }

    @Test
    void anErrorAnswerIsAFailure() {
        assertThatThrownBy(() -> runner.run(complete("no-such-model", new Header("x-request-id", ""))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("status 404")
                .hasMessageContaining("no-such-model");
    }

    @Test
    void aStreamThatBreaksOffIsAFailure() {
        assertThatThrownBy(() -> runner.run(streamed("openai-sim/sim-close-midstream", "[DONE]")))
                .isInstanceOf(StepFailure.class);
    }

    @Test
    void aStreamWithoutItsEndIsAFailure() {
        assertThatThrownBy(() -> runner.run(streamed("gpt-5.4", "message_stop")))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("should end with message_stop");
    }
}
