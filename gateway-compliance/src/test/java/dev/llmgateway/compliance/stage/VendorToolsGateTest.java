package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.GatedResponses.TOKEN;
import static dev.llmgateway.compliance.stage.GatedResponses.holdsNothingOfTheToken;
import static dev.llmgateway.compliance.stage.GatedResponses.wellFormed;
import static dev.llmgateway.compliance.stage.ResponsesFrames.cut;
import static dev.llmgateway.compliance.stage.ResponsesFrames.json;
import static dev.llmgateway.compliance.stage.ResponsesFrames.message;
import static dev.llmgateway.compliance.stage.ResponsesFrames.response;
import static dev.llmgateway.compliance.stage.ResponsesFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.stage.ResponsesFrames.Recording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams of Responses tell of the tools that the vendor runs itself. */
class VendorToolsGateTest {

    private final GatedResponses gateway = new GatedResponses();

    @Test
    void piecesOfWhatAVendorsToolWasAskedAreLeftOut() {
        String item =
                "{\"id\":\"mcp_1\",\"type\":\"mcp_call\",\"server_label\":\"s\",\"name\":\"send\",\"arguments\":%s}";
        String arguments = json("{\"k\":\"" + TOKEN + "\"}");
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.output_item.added", "\"output_index\":0,\"item\":" + item.formatted("\"\""));
        for (String piece : cut("{\"k\":\"" + TOKEN + "\"}", 12, 25)) {
            out.frame(
                    "response.mcp_call_arguments.delta",
                    "\"output_index\":0,\"item_id\":\"mcp_1\",\"delta\":" + json(piece));
        }
        out.frame(
                "response.mcp_call_arguments.done",
                "\"output_index\":0,\"item_id\":\"mcp_1\",\"arguments\":" + arguments);
        for (String progress : List.of("in_progress", "completed")) {
            out.frame("response.mcp_call." + progress, "\"output_index\":0,\"item_id\":\"mcp_1\"");
        }
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + item.formatted(arguments));
        out.frame("response.completed", "\"response\":" + response("completed", item.formatted(arguments)));

        byte[] sent = gateway.gated(Action.REDACT, out.bytes());

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).at("/output/0/arguments").asString()).contains("[REDACTED");
        assertThat(new String(sent, StandardCharsets.UTF_8))
                .contains("event: response.mcp_call.in_progress\n", "event: response.mcp_call.completed\n");
    }

    /** A text with the token in it, and then a search of the vendor's that is told to be for this. */
    private static byte[] searchBehindAToken(String query) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        String part = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,";
        out.frame("response.output_item.added", "\"output_index\":0,\"item\":" + message("in_progress", ""));
        out.frame("response.content_part.added", part + "\"part\":" + text(""));
        out.frame("response.output_text.delta", part + "\"delta\":" + json("Use " + TOKEN + "."));
        out.frame("response.output_text.done", part + "\"text\":" + json("Use " + TOKEN + "."));
        String message = message("completed", text("Use " + TOKEN + "."));
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + message);
        String search = "{\"id\":\"ws_1\",\"type\":\"web_search_call\",\"status\":\"in_progress\",\"action\":"
                + "{\"type\":\"search\",\"query\":" + json(query) + "}}";
        out.frame("response.output_item.added", "\"output_index\":1,\"item\":" + search);
        for (String progress : List.of("in_progress", "searching", "completed")) {
            out.frame("response.web_search_call." + progress, "\"item_id\":\"ws_1\",\"output_index\":1");
        }
        out.frame("response.output_item.done", "\"output_index\":1,\"item\":" + search);
        out.frame("response.completed", "\"response\":" + response("completed", message + "," + search));
        return out.bytes();
    }

    @Test
    void howFarAVendorsToolHasComeIsShownBehindATextThatWasChanged() {
        byte[] sent = gateway.gated(Action.REDACT, searchBehindAToken("weather"));

        holdsNothingOfTheToken(sent);
        wellFormed(sent);
        assertThat(new String(sent, StandardCharsets.UTF_8))
                .containsSubsequence(
                        "[REDACTED",
                        "event: response.output_item.added\n",
                        "\"output_index\":1",
                        "event: response.web_search_call.in_progress\n",
                        "event: response.web_search_call.searching\n",
                        "event: response.web_search_call.completed\n",
                        "event: response.output_item.done\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "Use %s."})
    void aVendorsToolTellsNothingOfWhatWasTakenOut(String query) {
        byte[] sent = gateway.gated(Action.REDACT, searchBehindAToken(query.formatted(TOKEN)));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).path("output")).hasSize(2);
    }
}
