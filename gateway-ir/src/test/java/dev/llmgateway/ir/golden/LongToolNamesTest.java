package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Anthropic takes tool names of 128 characters, OpenAI refuses those over 64, and Claude Code has them. */
class LongToolNamesTest {

    private static final DialectCodec CLIENT = new AnthropicMessagesCodec();
    private static final String PLUGIN = "mcp__plugin_of_a_long_name__and_a_server_of_a_long_name_too__";
    private static final String FIRST = PLUGIN + "list_all_things";
    private static final String SECOND = PLUGIN + "list_one_thing";

    private static final ChatRequest REQUEST = CLIENT.decodeRequest(("{'model':'m','max_tokens':9,'tools':[{'name':'"
                    + FIRST + "','input_schema':{'type':'object'}},{'name':'"
                    + SECOND + "','input_schema':{'type':'object'}},{'name':'short','input_schema':{'type':'object'}}],"
                    + "'tool_choice':{'type':'tool','name':'" + SECOND + "'},'messages':[{'role':'user','content':'x'},"
                    + "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'" + FIRST + "','input':{}}]},"
                    + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'r'}]}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8));

    private static List<String> names(String json) {
        return Pattern.compile("\"name\":\"([^\"]*)\"")
                .matcher(json)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static String sent(DialectCodec provider) {
        Target target = new Target("p", "m", ModelTraits.openAi());
        return new String(provider.encodeRequest(REQUEST, target).body(), StandardCharsets.UTF_8);
    }

    @Test
    void providersReadShortOnesInDefinitionsChoiceAndHistoryAlike() {
        for (DialectCodec provider : List.of(new OpenAiChatCodec(), new OpenAiResponsesCodec())) {
            List<String> names = names(sent(provider));

            assertThat(names).hasSize(5).allMatch(name -> name.length() <= 64);
            assertThat(new HashSet<>(names)).hasSize(3).contains("short");
        }
    }

    @Test
    void theyAreShortBeforeTheFirstCallToo() {
        ChatRequest first =
                REQUEST.toBuilder().messages(List.of(Message.user("x"))).build();
        String sent = new String(
                new OpenAiChatCodec()
                        .encodeRequest(first, new Target("p", "m", ModelTraits.openAi()))
                        .body(),
                StandardCharsets.UTF_8);

        assertThat(names(sent)).hasSize(4).allMatch(name -> name.length() <= 64);
    }

    @Test
    void aCallOfAToolThatIsNotOfferedAnyMoreIsShortenedToo() {
        ChatRequest later = REQUEST.toBuilder().toolUse(ToolUse.NONE).build();
        String sent = new String(
                new OpenAiChatCodec()
                        .encodeRequest(later, new Target("p", "m", ModelTraits.openAi()))
                        .body(),
                StandardCharsets.UTF_8);

        assertThat(names(sent)).singleElement().matches(name -> name.length() <= 64);
    }

    @Test
    void theCallerReadsTheLongOnes() {
        for (DialectCodec provider : List.of(new OpenAiChatCodec(), new OpenAiResponsesCodec())) {
            Set<String> offered = new HashSet<>(names(sent(provider)));
            ChatResponse answer = new ChatResponse(
                    "x",
                    "m",
                    offered.stream()
                            .map(name -> (Content) new Content.ToolCall("c_" + name, name, "{}"))
                            .toList(),
                    StopReason.TOOL_USE,
                    null);
            EventEncoder encoder = CLIENT.eventEncoder(REQUEST);
            SseBuffer stream = new SseBuffer();
            ResponseUnfolder.unfold(answer).forEach(event -> encoder.encode(event, stream));
            encoder.finish(stream);

            for (byte[] shown : List.of(CLIENT.encodeResponse(answer, REQUEST), stream.toByteArray())) {
                assertThat(names(new String(shown, StandardCharsets.UTF_8)))
                        .containsExactlyInAnyOrder(FIRST, SECOND, "short");
            }
        }
    }

    @Test
    void anthropicReadsThemAsTheyAre() {
        Matcher name = Pattern.compile(FIRST)
                .matcher(new String(
                        CLIENT.encodeRequest(REQUEST, new Target("p", "m", ModelTraits.anthropic()))
                                .body(),
                        StandardCharsets.UTF_8));

        assertThat(name.results()).hasSize(2);
    }
}
