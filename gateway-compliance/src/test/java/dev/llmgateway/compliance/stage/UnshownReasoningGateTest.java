package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.holdsNothingOfTheToken;
import static dev.llmgateway.compliance.stage.GatedResponses.wellFormed;
import static dev.llmgateway.compliance.stage.ResponsesFrames.cut;
import static dev.llmgateway.compliance.stage.ResponsesFrames.json;
import static dev.llmgateway.compliance.stage.ResponsesFrames.message;
import static dev.llmgateway.compliance.stage.ResponsesFrames.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.stage.ResponsesFrames.Recording;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reasoning that a stream of Responses tells twice, as content and as a summary, on its way through the gate. */
class UnshownReasoningGateTest {

    private static final String AT = "\"item_id\":\"rs_1\",\"output_index\":0,";

    private final GatedResponses gateway = new GatedResponses();

    private enum Order {
        CONTENT_FIRST,
        SUMMARY_FIRST,
        MIXED
    }

    private static void content(Recording out, String piece) {
        out.frame("response.reasoning_text.delta", AT + "\"content_index\":0,\"delta\":" + json(piece));
    }

    private static void summary(Recording out, String piece) {
        out.frame("response.reasoning_summary_text.delta", AT + "\"summary_index\":0,\"delta\":" + json(piece));
    }

    private static byte[] stream(List<String> content, List<String> summary, Order order, boolean tellsEnds) {
        return stream(content, summary, order, tellsEnds, "Yes.");
    }

    private static byte[] stream(
            List<String> content, List<String> summary, Order order, boolean tellsEnds, String said) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame(
                "response.output_item.added",
                "\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}");
        if (order == Order.MIXED) {
            for (int i = 0; i < Math.max(content.size(), summary.size()); i++) {
                if (i < content.size()) {
                    content(out, content.get(i));
                }
                if (i < summary.size()) {
                    summary(out, summary.get(i));
                }
            }
        } else if (order == Order.CONTENT_FIRST) {
            content.forEach(it -> content(out, it));
            summary.forEach(it -> summary(out, it));
        } else {
            summary.forEach(it -> summary(out, it));
            content.forEach(it -> content(out, it));
        }
        String raw = json(String.join("", content));
        String told = json(String.join("", summary));
        if (tellsEnds) {
            out.frame("response.reasoning_text.done", AT + "\"content_index\":0,\"text\":" + raw);
            out.frame("response.reasoning_summary_text.done", AT + "\"summary_index\":0,\"text\":" + told);
        }
        String item = "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":" + told
                + "}],\"content\":[{\"type\":\"reasoning_text\",\"text\":" + raw + "}]}";
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + item);
        String answer = message("completed", ResponsesFrames.text(said));
        out.frame("response.output_item.done", "\"output_index\":1,\"item\":" + answer);
        out.frame("response.completed", "\"response\":" + response("completed", item + "," + answer));
        return out.bytes();
    }

    private static int[] places(List<Integer> cuts) {
        return cuts.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Property(tries = 200)
    void whereNothingIsFoundTheSameBytesLeave(
            @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 30) Integer> cuts,
            @ForAll Order order,
            @ForAll boolean tellsEnds) {
        byte[] stream = stream(
                cut("First I think of rain.", places(cuts)), cut("Thought of rain.", places(cuts)), order, tellsEnds);

        byte[] sent = gateway.gated(Action.REDACT, stream);

        assertThat(new String(sent, StandardCharsets.UTF_8)).isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void nothingThatIsFoundLeaves(
            @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 60) Integer> cuts,
            @ForAll Order order,
            @ForAll boolean isInContent,
            @ForAll boolean tellsEnds,
            @ForAll boolean pausing) {
        String clean = "First I think of rain.";
        String secret = "Then I use " + TOKEN + " here.";
        byte[] stream = stream(
                cut(isInContent ? secret : clean, places(cuts)),
                cut(isInContent ? clean : secret, places(cuts)),
                order,
                tellsEnds);

        byte[] sent = gateway.gated(Action.REDACT, stream, pausing);

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).at("/output/1/content/0/text").asString()).isEqualTo("Yes.");
        holdsNothingOfTheToken(gateway.gated(Action.REDACT, stream, new OpenAiChatCodec()));
        holdsNothingOfTheToken(gateway.gated(Action.REDACT, stream, new AnthropicMessagesCodec()));
        holdsNothingOfTheToken(gateway.gated(Action.BLOCK, stream, pausing));
    }

    @Property(tries = 100)
    void whatIsNotShownIsNamedWhereTheAnswerIsWrittenAnew(
            @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 20) Integer> cuts,
            @ForAll Order order,
            @ForAll boolean tellsEnds,
            @ForAll boolean hasSecret) {
        List<String> content = cut("First I think of rain.", places(cuts));
        List<String> summary = cut("Thought of rain.", places(cuts));
        byte[] stream = stream(content, summary, order, tellsEnds, hasSecret ? "Use " + TOKEN + "." : "Yes.");

        JsonNode answer = wellFormed(gateway.gated(Action.REDACT, stream));

        boolean isSummaryToldFirst = order == Order.SUMMARY_FIRST;
        assertThat(gateway.lost)
                .isEqualTo(
                        hasSecret
                                ? List.of(isSummaryToldFirst ? "answer.reasoning.content" : "answer.reasoning.summary")
                                : List.of());
        String reasoning = answer.at("/output/0").toString();
        assertThat(reasoning.contains("First I think") && reasoning.contains("Thought of"))
                .isEqualTo(!hasSecret);
    }

    /** One piece that does not settle does not hold up the rest of the answer for ever. */
    @Test
    void soMuchWaitsBehindAPieceAndNoMore() {
        List<String> many =
                cut("It may be so, or not. ".repeat(20), IntStream.range(1, 400).toArray());
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        summary(out, "It is ");
        content(out, TOKEN.substring(0, 7));
        many.forEach(it -> summary(out, it));
        content(out, TOKEN.substring(7));
        String item = "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}";
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + item);
        out.frame("response.completed", "\"response\":" + response("completed", item));

        byte[] sent = gateway.gated(Action.REDACT, out.bytes());

        holdsNothingOfTheToken(sent);
        wellFormed(sent);
        assertThat(new String(sent, StandardCharsets.UTF_8)).doesNotContain(TOKEN.substring(0, 7));
    }
}
