package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each member of one dialect is called, and looks like, in the other. */
class TranslatedMembersTest {

    private static final DialectCodec OPENAI = new OpenAiChatCodec();
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String TOOLS =
            ",'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}]";
    private static final String ANTHROPIC_TOOLS = ",'tools':[{'name':'f','input_schema':{'type':'object'}}]";

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static JsonNode translated(DialectCodec from, String request, DialectCodec to, ModelTraits traits) {
        byte[] body = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Json.parse(to.encodeRequest(from.decodeRequest(body), new Target("p", "wire", traits))
                .body());
    }

    private static JsonNode toAnthropic(String members, String content) {
        return translated(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':" + content + "}]" + TOOLS + members + "}",
                ANTHROPIC,
                ModelTraits.anthropic());
    }

    private static JsonNode toOpenAi(String members, String content) {
        return translated(
                ANTHROPIC,
                "{'model':'m','max_tokens':10,'messages':[{'role':'user','content':" + content + "}]" + ANTHROPIC_TOOLS
                        + members + "}",
                OPENAI,
                ModelTraits.openAi());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'tool_choice':'none'                                             | 'tool_choice':{'type':'none'}
                    'tool_choice':'auto'                                             | 'tool_choice':{'type':'auto'}
                    'tool_choice':'required'                                         | 'tool_choice':{'type':'any'}
                    'tool_choice':{'type':'function','function':{'name':'f'}}        | 'tool_choice':{'type':'tool','name':'f'}
                    'tool_choice':'auto','parallel_tool_calls':false                 | 'tool_choice':{'type':'auto','disable_parallel_tool_use':true}
                    'stop':['a','b']                                                 | 'stop_sequences':['a','b']
                    'temperature':0.5                                                | 'temperature':0.5
                    'user':'someone'                                                 | 'metadata':{'user_id':'someone'}
                    'max_completion_tokens':10                                       | 'max_tokens':10
                    'stream':true,'stream_options':{'include_usage':true}            | 'stream':true
                    """)
    void eachMemberHasItsCounterpartBothWays(String openAi, String anthropic) {
        JsonNode there = toAnthropic("," + openAi, "'x'");
        json("{" + anthropic + "}")
                .forEachEntry((name, value) -> assertThat(there.get(name)).isEqualTo(value));
        JsonNode back = toOpenAi(anthropic.contains("max_tokens") ? "" : "," + anthropic, "'x'");
        json("{" + openAi + "}")
                .forEachEntry((name, value) -> assertThat(back.get(name)).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'type':'image_url','image_url':{'url':'https://h/i.png'}} | {'type':'image','source':{'type':'url','url':'https://h/i.png'}}
                    {'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}} | {'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo='}}
                    {'type':'file','file':{'file_data':'data:application/pdf;base64,JVBERg==','filename':'a.pdf'}} | {'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERg=='},'title':'a.pdf'}
                    {'type':'text','text':'hello'} | {'type':'text','text':'hello'}
                    """)
    void eachPartHasItsCounterpartBothWays(String openAi, String anthropic) {
        String text = "{'type':'text','text':'t'}";
        assertThat(toAnthropic("", "[" + text + "," + openAi + "]").at("/messages/0/content/1"))
                .isEqualTo(json(anthropic));
        assertThat(toOpenAi("", "[" + text + "," + anthropic + "]").at("/messages/0/content/1"))
                .isEqualTo(json(openAi));
    }

    private static final String RESPONSES_TOOLS =
            ",'tools':[{'type':'function','name':'f','parameters':{'type':'object'}}]";

    /** A model of OpenAI's that reasons and caches on demand. */
    private static ModelTraits capable() {
        return ModelTraits.openAi().toBuilder()
                .efforts(EnumSet.allOf(Effort.class))
                .acceptsCacheBreakpoints(true)
                .build();
    }

    private static JsonNode chatToResponses(String members, String content) {
        return translated(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':" + content + "}]" + TOOLS + members + "}",
                RESPONSES,
                capable());
    }

    private static JsonNode fromResponses(String members, String content, DialectCodec to, ModelTraits traits) {
        return translated(
                RESPONSES,
                "{'model':'m','input':[{'role':'user','content':" + content + "}]" + RESPONSES_TOOLS + members + "}",
                to,
                traits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'tool_choice':'required'                                         | 'tool_choice':'required'
                    'tool_choice':{'type':'function','function':{'name':'f'}}        | 'tool_choice':{'type':'function','name':'f'}
                    'parallel_tool_calls':false                                      | 'parallel_tool_calls':false
                    'temperature':0.5                                                | 'temperature':0.5
                    'max_completion_tokens':100                                      | 'max_output_tokens':100
                    'reasoning_effort':'low'                                         | 'reasoning':{'effort':'low'}
                    'verbosity':'low'                                                | 'text':{'verbosity':'low'}
                    'response_format':{'type':'json_object'}                         | 'text':{'format':{'type':'json_object'}}
                    'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{}}} | 'text':{'format':{'type':'json_schema','name':'n','schema':{}}}
                    'metadata':{'k':'v'},'store':true                                | 'metadata':{'k':'v'},'store':true
                    'service_tier':'flex'                                            | 'service_tier':'flex'
                    'prompt_cache_key':'k'                                           | 'prompt_cache_key':'k'
                    'safety_identifier':'s'                                          | 'safety_identifier':'s'
                    'user':'u'                                                       | 'user':'u'
                    'stream':true                                                    | 'stream':true
                    """)
    void eachMemberOfOneOpenAiFormatHasItsCounterpartInTheOther(String chat, String responses) {
        JsonNode there = chatToResponses("," + chat, "'x'");
        json("{" + responses + "}")
                .forEachEntry((name, value) -> assertThat(there.get(name)).isEqualTo(value));
        JsonNode back = fromResponses("," + responses, "'x'", OPENAI, capable());
        json("{" + chat + "}")
                .forEachEntry((name, value) -> assertThat(back.get(name)).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'type':'image_url','image_url':{'url':'https://h/i.png','detail':'low'}} | {'type':'input_image','image_url':'https://h/i.png','detail':'low'} | {'type':'image','source':{'type':'url','url':'https://h/i.png'}}
                    {'type':'file','file':{'file_data':'data:application/pdf;base64,JVBERg==','filename':'a.pdf'}} | {'type':'input_file','file_data':'data:application/pdf;base64,JVBERg==','filename':'a.pdf'} | {'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERg=='},'title':'a.pdf'}
                    {'type':'text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}} | {'type':'input_text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}} | {'type':'text','text':'x','cache_control':{'type':'ephemeral'}}
                    """)
    void eachPartOfResponsesHasItsCounterparts(String chat, String responses, String anthropic) {
        String text = "{'type':'text','text':'t'}";
        String input = "[{'type':'input_text','text':'t'}," + responses + "]";
        assertThat(chatToResponses("", "[" + text + "," + chat + "]").at("/input/0/content/1"))
                .isEqualTo(json(responses));
        assertThat(fromResponses("", input, OPENAI, capable()).at("/messages/0/content/1"))
                .isEqualTo(json(chat));
        assertThat(fromResponses("", input, ANTHROPIC, ModelTraits.anthropic()).at("/messages/0/content/1"))
                .isEqualTo(json(anthropic));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'tool_choice':'required'                      | 'tool_choice':{'type':'any'}
                    'tool_choice':{'type':'function','name':'f'}  | 'tool_choice':{'type':'tool','name':'f'}
                    'max_output_tokens':100                       | 'max_tokens':100
                    'safety_identifier':'u'                       | 'metadata':{'user_id':'u'}
                    'instructions':'be brief'                     | 'system':'be brief'
                    """)
    void membersOfResponsesAsAnthropicHasThem(String responses, String anthropic) {
        JsonNode there = fromResponses("," + responses, "'x'", ANTHROPIC, ModelTraits.anthropic());
        json("{" + anthropic + "}")
                .forEachEntry((name, value) -> assertThat(there.get(name)).isEqualTo(value));
    }

    @Test
    void aSummaryOfReasoningIsAskedForInBothWords() {
        ModelTraits adapts = ModelTraits.anthropic().toBuilder()
                .thinking(ModelTraits.Thinking.ADAPTIVE)
                .efforts(EnumSet.allOf(Effort.class))
                .build();
        JsonNode there = fromResponses(",'reasoning':{'effort':'high','summary':'auto'}", "'x'", ANTHROPIC, adapts);
        assertThat(there.get("thinking")).isEqualTo(json("{'type':'adaptive','display':'summarized'}"));
        JsonNode back = translated(
                ANTHROPIC,
                "{'model':'m','max_tokens':10,'messages':[{'role':'user','content':'x'}],"
                        + "'thinking':{'type':'adaptive','display':'summarized'},'output_config':{'effort':'high'}}",
                RESPONSES,
                capable());
        assertThat(back.get("reasoning")).isEqualTo(json("{'effort':'high','summary':'auto'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "END_TURN,stop,end_turn",
        "STOP_SEQUENCE,stop,stop_sequence",
        "MAX_TOKENS,length,max_tokens",
        "CONTEXT_WINDOW_EXCEEDED,length,model_context_window_exceeded",
        "TOOL_USE,tool_calls,tool_use",
        "REFUSAL,content_filter,refusal",
        "PAUSE_TURN,stop,pause_turn",
        "OTHER,stop,end_turn"
    })
    void everyStopReasonHasAWordInEachDialect(StopReason reason, String openAi, String anthropic) {
        ChatResponse answer = new ChatResponse("id", "m", List.of(new Content.Text("x")), reason, null);
        byte[] chat = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] messages = "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Json.parse(OPENAI.encodeResponse(answer, OPENAI.decodeRequest(chat)))
                        .at("/choices/0/finish_reason")
                        .stringValue())
                .isEqualTo(openAi);
        assertThat(Json.parse(ANTHROPIC.encodeResponse(answer, ANTHROPIC.decodeRequest(messages)))
                        .get("stop_reason")
                        .stringValue())
                .isEqualTo(anthropic);
    }
}
