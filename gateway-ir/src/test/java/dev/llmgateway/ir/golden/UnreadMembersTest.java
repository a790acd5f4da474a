package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Within one format members that nobody knows are kept with the bytes of their frame. Whichever frames are written anew, because
 * somebody has changed something on the way: what of them the client does not read is named, and nothing else.
 */
class UnreadMembersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final int MOST_EVENTS = 40;

    private static final List<String> CHUNKS = List.of(
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'reasoning_content':'so'}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'reasoning_content':' it is'}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'a b'}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'content':' c'}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'t0','type':'function','function':{'name':'f','arguments':'{'}},{'index':1,'id':'t1','type':'function','function':{'name':'grep','arguments':''}}]}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}}]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'function':{'arguments':'{\\\"input\\\":\\\"x\\\"}'}}]}}]}",
            "{'id':'c','model':'m','choices':[]}",
            "{'id':'c','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
            "{'id':'c','model':'m','choices':[],'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3}}");

    /** The ninth is of a kind that nobody knows, and is named by it. */
    private static final List<String> FRAMES = List.of(
            "{'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m','content':[],'usage':{'input_tokens':1,'output_tokens':1}}}",
            "{'type':'ping'}",
            "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
            "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'so it is'}}",
            "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'S'}}",
            "{'type':'content_block_stop','index':0}",
            "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':'a'}}",
            "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':' b'}}",
            "{'type':'u8','index':1}",
            "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':' c'}}",
            "{'type':'content_block_stop','index':1}",
            "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'t','name':'f','input':{}}}",
            "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{}'}}",
            "{'type':'content_block_stop','index':2}",
            "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':2}}",
            "{'type':'message_stop'}");

    @Property(tries = 500)
    void ofChat(@ForAll @Size(max = 5) Set<@IntRange(max = MOST_EVENTS) Integer> changed, @ForAll boolean usage) {
        assertNamed(CHAT, CHUNKS, changed, asked(CHAT, usage ? "\"stream_options\":{\"include_usage\":true}," : ""));
    }

    /** The provider was sent a function in place of the tool, and its calls are told as those of the tool. */
    @Property(tries = 500)
    void ofChatWithAToolThatReadsFreeText(@ForAll @Size(max = 3) Set<@IntRange(max = MOST_EVENTS) Integer> changed) {
        assertNamed(
                CHAT,
                CHUNKS,
                changed,
                asked(CHAT, "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"grep\"}}],"));
    }

    @Property(tries = 500)
    void ofMessages(@ForAll @Size(max = 5) Set<@IntRange(max = MOST_EVENTS) Integer> changed) {
        assertNamed(MESSAGES, FRAMES, changed, asked(MESSAGES, ""));
    }

    private static ChatRequest asked(DialectCodec client, String more) {
        return client.decodeRequest(("{\"model\":\"m\",\"stream\":true,\"max_tokens\":9," + more
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Each frame has a member of its own, which tells where it has gone. */
    private static void assertNamed(
            DialectCodec dialect, List<String> frames, Set<Integer> changed, ChatRequest request) {
        List<String> marked = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            ObjectNode frame = (ObjectNode) Json.parse(frames.get(i).replace('\'', '"'));
            marked.add(Json.writeString(frame.put("u" + i, 1)));
        }
        ToldStream told = ToldStream.of(dialect, String.join("\n", marked), dialect, new Changes(changed), request);

        List<String> unread = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            if (!isIn(told.frames(), "u" + i)) {
                unread.add("answer.u" + i);
            }
        }
        assertThat(told.lost().stream().filter(it -> it.startsWith("answer.u")))
                .containsExactlyInAnyOrderElementsOf(unread);
    }

    private static boolean isIn(List<JsonNode> frames, String member) {
        return frames.stream().anyMatch(it -> !it.findValues(member).isEmpty());
    }

    /** Takes from the events of these numbers the memory of their bytes, as everybody does who changes one. */
    private static final class Changes implements UnaryOperator<ChatEvent> {
        private final Set<Integer> numbers;
        private int number;

        private Changes(Set<Integer> numbers) {
            this.numbers = numbers;
        }

        @Override
        public ChatEvent apply(ChatEvent event) {
            return numbers.contains(number++) ? changed(event) : event;
        }

        private static ChatEvent changed(ChatEvent event) {
            return switch (event) {
                case ChatEvent.Delta it -> it.withText(it.text() + "!");
                case ChatEvent.PartStarted it ->
                    new ChatEvent.PartStarted(it.choice(), it.part(), it.initial(), Wire.NONE);
                case ChatEvent.TokenAttached it ->
                    new ChatEvent.TokenAttached(it.choice(), it.part(), it.token(), Wire.NONE);
                case ChatEvent.PartEnded it -> new ChatEvent.PartEnded(it.choice(), it.part(), Wire.NONE);
                case ChatEvent.Finished it ->
                    new ChatEvent.Finished(it.choice(), it.reason(), it.stopSequence(), it.extras(), Wire.NONE);
                case ChatEvent.UsageReported it -> new ChatEvent.UsageReported(it.usage(), it.extras(), Wire.NONE);
                case ChatEvent.Vendor it -> new ChatEvent.Vendor(it.extras(), Wire.NONE);
                case ChatEvent.Ping ignored -> new ChatEvent.Ping(Wire.NONE);
                case ChatEvent.Started it -> it;
                case ChatEvent.VendorDelta it -> it;
            };
        }
    }
}
