package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream tells anywhere on its way, and other formats have no place for, is named as whole answers name it. */
class UntoldMembersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static String chunk(String delta, String ofChoice, String beside) {
        return "{'id':'c','model':'m','choices':[{'index':0,'delta':{" + delta + "}" + ofChoice + "}]" + beside + "}\n";
    }

    private static List<String> lost(DialectCodec provider, String stream, DialectCodec client) {
        return ToldStream.of(provider, stream.replace('\'', '"').strip(), client)
                .lost();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'audio':{'id':'a','data':'xx'} | | | answer.message.audio
            'images':[{'type':'image_url'}],'zap':5 | | | answer.message.images answer.message.zap
            'none':null,'empty':{},'list':[] | | |
            'content':[{'type':'thinking','thinking':[]},{'type':'text','text':'ok'}] | | | answer.thinking
            'tool_calls':[{'index':0,'id':'t','type':'function','zap':1,'function':{'name':'f','arguments':'{}'}}] | | | answer.zap
            'content':'x' | ,'zap':1 | | answer.zap
            'content':'x' | ,'content_filter_results':{'hate':{'filtered':true}} | | answer.content_filter_results
            'content':'x' | ,'logprobs':{'refusal':[{'token':'x'}]} | | answer.logprobs.refusal
            'content':'x' | | ,'citations':['https://a.example/'] | answer.citations
            'content':'x' | ,'finish_reason':null,'logprobs':null | ,'object':'o','created':1,'system_fingerprint':'f','x_groq':{'id':'r'},'service_tier':'default','obfuscation':'xyz','usage':null |
            """)
    void membersOfAnyChunkAreNamed(
            @Nullable String delta, @Nullable String ofChoice, @Nullable String beside, @Nullable String expected) {
        String told = chunk(orEmpty(delta), orEmpty(ofChoice), orEmpty(beside));
        String stream = chunk("'role':'assistant','content':'a'", "", "") + told + told
                + chunk("", ",'finish_reason':'stop'", "") + "[DONE]";
        String[] names =
                orEmpty(expected).isEmpty() ? new String[0] : orEmpty(expected).split(" ");
        for (DialectCodec client : List.of(MESSAGES, RESPONSES)) {
            assertThat(lost(CHAT, stream, client)).containsExactlyInAnyOrder(names);
        }
        assertThat(lost(CHAT, stream, CHAT)).isEmpty();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Test
    void whatIsToldOfAChoiceThatHasEndedIsNamed() {
        String stream = chunk("'content':'a'", "", "") + chunk("", ",'finish_reason':'stop'", "")
                + chunk("'role':'assistant','content':''", "", "")
                + chunk("'content':'b','annotations':[{'type':'file'}]", "", "")
                + "{'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':1},'search_results':[1]}\n";
        String[] names = {"answer.message.content", "answer.message.annotations", "answer.search_results"};
        for (String end : List.of("", "[DONE]")) {
            for (DialectCodec client : List.of(MESSAGES, RESPONSES)) {
                assertThat(lost(CHAT, stream + end, client)).containsExactlyInAnyOrder(names);
            }
            assertThat(lost(CHAT, stream + end, CHAT)).containsExactly("answer.search_results");
            assertThat(lostWithUsage(stream + end)).isEmpty();
        }
    }

    /** One who has not asked for the usage is not sent its chunk. */
    private static List<String> lostWithUsage(String stream) {
        ChatRequest request = CHAT.decodeRequest("""
                {"model":"m","stream":true,"stream_options":{"include_usage":true},\
                "messages":[{"role":"user","content":"hi"}]}""".getBytes(StandardCharsets.UTF_8));
        return ToldStream.of(CHAT, stream.replace('\'', '"'), CHAT, event -> event, request)
                .lost();
    }

    @Test
    void whatPrecedesTheFirstChunkIsNamed() {
        String stream = "{'id':'','model':'','choices':[],'prompt_filter_results':[{'prompt_index':0}]}\n"
                + chunk("'content':'a'", ",'finish_reason':'stop'", "");

        assertThat(lost(CHAT, stream, MESSAGES)).containsExactly("answer.prompt_filter_results");
        assertThat(lost(CHAT, stream, CHAT)).isEmpty();
    }

    @Test
    void aTierThatOnlyTheFirstChunksTellIsTold() {
        String stream = chunk("'content':'a'", "", ",'service_tier':'priority'")
                + chunk("", ",'finish_reason':'stop'", "") + "[DONE]";

        ToldStream told = ToldStream.of(CHAT, stream.replace('\'', '"'), RESPONSES);

        assertThat(told.last("/response/service_tier").stringValue()).isEqualTo("priority");
        assertThat(told.lost()).isEmpty();
    }

    @Test
    void aRefusalAmongThePartsOfAContentIsTold() {
        String stream = chunk("'content':[{'type':'refusal','refusal':'no'}]", "", "")
                + chunk("", ",'finish_reason':'stop'", "") + "[DONE]";

        ToldStream told = ToldStream.of(CHAT, stream.replace('\'', '"'), RESPONSES);

        assertThat(told.frames().stream().map(it -> it.path("type").asString("")))
                .contains("response.refusal.delta");
    }

    @Test
    void noClientIsShownTheNamesInAChunkThatIsWrittenAnew() {
        String stream = chunk("'content':'a','zap':1", "", "") + chunk("", ",'finish_reason':'stop'", "") + "[DONE]";

        ToldStream told = ToldStream.of(CHAT, stream.replace('\'', '"'), CHAT, UntoldMembersTest::endAnew);

        assertThat(told.frames().toString()).doesNotContain("untold");
    }

    private static String item(String event, String item) {
        return "{'type':'response.output_item." + event + "','output_index':0,'item':{" + item + "}}\n";
    }

    private static String part(String event, String part) {
        return "{'type':'response.content_part." + event + "','item_id':'i','output_index':0,'content_index':0,'part':{"
                + part + "}}\n";
    }

    /** A stream of Responses with this in its middle. */
    private static String ofResponses(String middle) {
        return "{'type':'response.created','response':{'id':'r','model':'m'}}\n" + middle
                + "{'type':'response.completed','response':{'id':'r','status':'completed'}}";
    }

    private static void assertNamed(String stream, String... names) {
        for (DialectCodec client : List.of(CHAT, MESSAGES)) {
            assertThat(lost(RESPONSES, stream, client)).containsExactlyInAnyOrder(names);
        }
        assertThat(lost(RESPONSES, stream, RESPONSES)).isEmpty();
    }

    @Test
    void membersThatAnItemHasOnlyWhenItIsDoneAreNamed() {
        String message = "'type':'message','id':'i','role':'assistant','status':'completed','content':[";
        String text = "'type':'output_text','text':'hi','annotations':[]";
        assertNamed(
                ofResponses(item("added", message + "]")
                        + part("added", "'type':'output_text','text':''")
                        + "{'type':'response.output_text.done','item_id':'i','output_index':0,'content_index':0,'text':'hi'}\n"
                        + part("done", text + ",'zap':1")
                        + item("done", message + "{" + text + ",'zap':1}],'phase':'commentary'")),
                "answer.zap",
                "answer.message.phase");
        String call = "'type':'function_call','id':'i','call_id':'c','name':'f'";
        assertNamed(ofResponses(item("added", call) + item("done", call + ",'arguments':'{}','zap':1")), "answer.zap");
        String reasoning = "'type':'reasoning','id':'i','summary':[]";
        assertNamed(ofResponses(item("added", reasoning) + item("done", reasoning + ",'zap':1")), "answer.zap");
        assertNamed(ofResponses(item("added", call) + item("done", call + ",'arguments':'{}','status':'completed'")));
    }

    @Test
    void aPartOfAMessageOfAnUnknownTypeIsNamed() {
        String message = "'type':'message','id':'i','role':'assistant','content':[";
        String sound = "'type':'output_audio','transcript':'hello'";
        assertNamed(ofResponses(item("done", message + "{" + sound + "}]")), "answer.output_audio");
        assertNamed(
                ofResponses(
                        item("added", message + "]") + part("added", "'type':'output_audio'") + part("done", sound)),
                "answer.output_audio");
    }

    /** Sound comes in frames of its own, which name no item; a search is an item. */
    @Test
    void aFrameOfAnUnknownKindIsNamedUnlessItIsAboutAnItem() {
        assertNamed(
                ofResponses("{'type':'response.audio.delta','sequence_number':1,'delta':'xx'}\n"
                        + "{'type':'response.audio.done','sequence_number':2}\n"),
                "answer.response.audio.delta",
                "answer.response.audio.done");
        String search = "'type':'web_search_call','id':'i','status':'completed'";
        assertNamed(
                ofResponses(item("added", search)
                        + "{'type':'response.web_search_call.searching','item_id':'i','output_index':0}\n"
                        + item("done", search)),
                "answer.web_search_call");
        assertNamed(ofResponses("{'type':'heartbeat'}\n{'type':'response.queued','response':{'id':'r'}}\n"));
    }

    @Test
    void membersThatAMessageOfAnthropicBeginsWithAreNamed() {
        String stream = """
                {'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m','content':[],\
                'container':{'id':'x'},'stop_reason':null,'stop_details':null,'usage':{'input_tokens':1}}}
                {'type':'message_delta','delta':{},'zap':1}
                {'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':1}}
                {'type':'message_stop'}""";
        for (DialectCodec client : List.of(CHAT, RESPONSES)) {
            assertThat(lost(MESSAGES, stream, client)).containsExactlyInAnyOrder("answer.container", "answer.zap");
        }
        assertThat(lost(MESSAGES, stream, MESSAGES)).isEmpty();
    }

    /** A message_delta that is written anew has room for one of a name. */
    @Test
    void ofTwoMembersOfOneNameAroundADeltaTheOtherIsNamed() {
        String stream = """
                {'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m','content':[],'usage':{'input_tokens':1}}}
                {'type':'message_delta','delta':{'stop_reason':'end_turn','zap':1,'one':1},'usage':{'output_tokens':1},'zap':2,'two':2}
                {'type':'message_stop'}""".replace('\'', '"');

        assertThat(ToldStream.of(MESSAGES, stream, MESSAGES, UntoldMembersTest::endAnew)
                        .lost())
                .containsExactly("answer.zap");
        assertThat(ToldStream.of(MESSAGES, stream, MESSAGES).lost()).isEmpty();
    }

    private static ChatEvent endAnew(ChatEvent event) {
        return event instanceof ChatEvent.Finished end
                ? new ChatEvent.Finished(end.choice(), end.reason(), end.stopSequence(), end.extras(), Wire.NONE)
                : event;
    }
}
