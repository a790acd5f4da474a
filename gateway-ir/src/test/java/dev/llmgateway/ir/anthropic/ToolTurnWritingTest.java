package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.calls;
import static dev.llmgateway.ir.anthropic.Writing.conversation;
import static dev.llmgateway.ir.anthropic.Writing.messages;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What calls of tools and their results become at Anthropic. */
class ToolTurnWritingTest {

    @Test
    void allResultsOfATurnGoIntoOneUserTurnBeforeOtherText() {
        assertThat(messages(
                        Message.user("go"),
                        calls(new Content.ToolCall("c1", "look", "{}"), new Content.ToolCall("c2", "look", "{}")),
                        Message.system("be quick"),
                        new Message(
                                Role.TOOL,
                                List.of(new Content.ToolResult("c1", "one"), new Content.ToolResult("c2", "two"))),
                        Message.user("now?")))
                .isEqualTo(json("[{'role':'user','content':'go'},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'look','input':{}},"
                        + "{'type':'tool_use','id':'c2','name':'look','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'one'},"
                        + "{'type':'tool_result','tool_use_id':'c2','content':'two'},"
                        + "{'type':'text','text':'<system-instructions>\\nbe quick\\n</system-instructions>'}]},"
                        + "{'role':'user','content':'now?'}]"));
    }

    @Test
    void toolResultsMayHoldImagesAndErrors() {
        Content.ToolResult result = new Content.ToolResult(
                "c1",
                List.of(new Content.Text("see"), new Content.Image(new MediaSource.Url("https://e/x.png"))),
                true,
                Extras.NONE);
        assertThat(messages(
                                Message.user("go"),
                                calls(new Content.ToolCall("c1", "look", "{}")),
                                new Message(Role.TOOL, List.of(result)))
                        .get(2)
                        .get("content")
                        .get(0))
                .isEqualTo(json("{'type':'tool_result','tool_use_id':'c1','content':[{'type':'text','text':'see'},"
                        + "{'type':'image','source':{'type':'url','url':'https://e/x.png'}}],'is_error':true}"));
    }

    @Test
    void idsOutsideAnthropicsAlphabetAreMappedOnBothSides() {
        String legal = ToolCallIds.forAnthropic("functions.Bash:0");
        JsonNode turns = messages(
                Message.user("go"),
                calls(new Content.ToolCall("functions.Bash:0", "look", "")),
                Message.toolResult("functions.Bash:0", "r"));
        assertThat(legal).matches("[a-zA-Z0-9_-]+");
        assertThat(turns.get(1).get("content").get(0).get("id").stringValue()).isEqualTo(legal);
        assertThat(turns.get(2).get("content").get(0).get("tool_use_id").stringValue())
                .isEqualTo(legal);
    }

    @Test
    void repeatedIdsAreMadeUniqueTogetherWithTheirResults() {
        JsonNode turns = messages(
                Message.user("go"),
                calls(new Content.ToolCall("0", "look", "{}")),
                Message.toolResult("0", "first"),
                calls(new Content.ToolCall("0", "look", "{}")),
                Message.toolResult("0", "second"));
        assertThat(turns.get(1).get("content").get(0).get("id").stringValue()).isEqualTo("0");
        assertThat(turns.get(3).get("content").get(0).get("id").stringValue()).isEqualTo("0_1");
        assertThat(turns.get(4).get("content").get(0).get("tool_use_id").stringValue())
                .isEqualTo("0_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{\"b\": 1, \"a\":2}|{\"b\":1,\"a\":2}",
                "{\"a\":|{\"raw_arguments\":\"{\\\"a\\\":\"}",
                "[1]|{\"raw_arguments\":\"[1]\"}",
                "just text|{\"raw_arguments\":\"just text\"}"
            })
    void argumentsThatAreNoObjectAreCarriedAsText(String arguments, String input) {
        assertThat(messages(Message.user("go"), calls(new Content.ToolCall("c", "look", arguments)))
                        .get(1)
                        .get("content")
                        .get(0)
                        .get("input")
                        .toString())
                .isEqualTo(input);
    }

    @Test
    void emptyArgumentsAreAnEmptyObjectAndOthersKeepTheirSpelling() {
        assertThat(messages(Message.user("go"), calls(new Content.ToolCall("c", "look", "")))
                        .get(1)
                        .get("content")
                        .get(0)
                        .get("input"))
                .isEqualTo(json("{}"));
        byte[] body = write(conversation(
                        Message.user("go"), calls(new Content.ToolCall("c", "look", "{\"b\": 1.50,  \"a\":2}"))))
                .body();
        assertThat(new String(body, java.nio.charset.StandardCharsets.UTF_8)).contains("{\"b\": 1.50,  \"a\":2}");
    }
}
