package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Counts of a usage that one format has, or one vendor adds: kept within the format, named for a caller of another. */
class OtherCountsTest {

    private static final Target HERE = new Target("p", "m", ModelTraits.openAi());
    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ChatRequest asked(DialectCodec client) {
        return client.decodeRequest(
                utf8("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}],'input':'hi'}"));
    }

    private static ChatResponse chat(String usage) {
        return CHAT.decodeResponse(
                utf8("{'id':'c','model':'m','choices':[{'index':0,'message':{'content':'a'},'finish_reason':'stop'}],"
                        + usage + "}"),
                HERE);
    }

    private static String chunks(String beside, String last) {
        return "{'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':'a'}}]}\n"
                + "{'id':'c','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]" + beside + "}\n"
                + (last.isEmpty() ? "" : "{'id':'c','model':'m','choices':[]," + last + "}\n") + "[DONE]";
    }

    private static ChatResponse responses(String usage) {
        return RESPONSES.decodeResponse(utf8(response(usage)), HERE);
    }

    private static String response(String usage) {
        return "{'id':'r','object':'response','model':'m','status':'completed','output':[{'type':'message','id':'msg_1',"
                + "'role':'assistant','status':'completed','content':[{'type':'output_text','text':'a','annotations':[]}]}],"
                + usage + "}";
    }

    private static String frames(String usage) {
        return "{'type':'response.created','response':{'id':'r','model':'m'}}\n{'type':'response.completed','response':"
                + response(usage) + "}";
    }

    private static ToldStream told(DialectCodec provider, String stream, DialectCodec client) {
        return ToldStream.of(provider, stream.replace('\'', '"'), client);
    }

    private static String[] names(@Nullable String names) {
        return names == null ? new String[0] : names.split(" ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'usage':{'prompt_tokens':9,'completion_tokens':5,'total_tokens':14,'prompt_tokens_details':{'cached_tokens':2,'cache_write_tokens':1,'audio_tokens':3},'completion_tokens_details':{'reasoning_tokens':2,'audio_tokens':1,'accepted_prediction_tokens':1,'rejected_prediction_tokens':2}} | answer.usage.prompt_tokens_details.audio_tokens answer.usage.completion_tokens_details.audio_tokens answer.usage.completion_tokens_details.accepted_prediction_tokens answer.usage.completion_tokens_details.rejected_prediction_tokens
            'usage':{'prompt_tokens':9,'completion_tokens':5,'prompt_tokens_details':{'audio_tokens':0,'text_tokens':null},'completion_tokens_details':{'audio_tokens':0,'accepted_prediction_tokens':0.0},'cost_details':{'upstream':null},'list':[]} |
            'usage':{'prompt_tokens':9,'completion_tokens':5,'completion_tokens_details':null,'estimated_cost':9.24e-05,'cost_details':{'search':1,'images':0}} | answer.usage.estimated_cost answer.usage.cost_details.search
            'usage':{'prompt_tokens':9,'completion_tokens':5,'queue_time':0.28,'prompt_time':0.002,'completion_time':0.06,'total_time':0.063},'timings':{'prompt_ms':3.5},'time_info':{'queue_time':0.1} |
            'usage':{'prompt_tokens':9,'completion_tokens':5,'prompt_cache_hit_tokens':4,'prompt_cache_miss_tokens':5} |
            'usage':{'prompt_tokens':9,'completion_tokens':5,'cached_tokens':4} |
            'x_groq':{'id':'req_1','usage':{'prompt_tokens':9,'completion_tokens':5,'zap':1,'queue_time':0.1}} | answer.usage.zap
            'usage':{'prompt_tokens':0,'completion_tokens':0,'zap':1} | answer.usage.zap
            """)
    void thoseOfChatAreNamed(String usage, @Nullable String expected) {
        for (DialectCodec client : List.of(MESSAGES, RESPONSES)) {
            assertThat(AnswerLosses.of(chat(usage), asked(client))).containsExactlyInAnyOrder(names(expected));
            assertThat(told(CHAT, chunks("", usage), client).lost()).containsExactlyInAnyOrder(names(expected));
            assertThat(told(CHAT, chunks("," + usage, ""), client).lost()).containsExactlyInAnyOrder(names(expected));
        }
        assertThat(AnswerLosses.of(chat(usage), asked(CHAT))).isEmpty();
        assertThat(told(CHAT, chunks("", usage), CHAT).lost()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'input_tokens_details':{'cached_tokens':2,'cache_write_tokens':1,'audio_tokens':3},'output_tokens_details':{'reasoning_tokens':2,'zap':1} | answer.usage.input_tokens_details.audio_tokens answer.usage.output_tokens_details.zap
            'num_sources_used':2,'cost_in_usd_ticks':0,'total_tokens':14,'total_time':0.5 | answer.usage.num_sources_used
            """)
    void thoseOfResponsesAreNamed(String members, String expected) {
        String usage = "'usage':{'input_tokens':9,'output_tokens':5," + members + "}";
        for (DialectCodec client : List.of(CHAT, MESSAGES)) {
            assertThat(AnswerLosses.of(responses(usage), asked(client))).containsExactlyInAnyOrder(names(expected));
            assertThat(told(RESPONSES, frames(usage), client).lost()).containsExactlyInAnyOrder(names(expected));
        }
        assertThat(AnswerLosses.of(responses(usage), asked(RESPONSES))).isEmpty();
        assertThat(told(RESPONSES, frames(usage), RESPONSES).lost()).isEmpty();
    }

    private static ChatResponse anew(ChatResponse answer) {
        return answer.withChoices(answer.choices());
    }

    @Test
    void anAnswerThatIsWrittenAnewForItsOwnFormatHasThemInTheirPlaces() {
        String usage = "'usage':{'prompt_tokens':9,'completion_tokens':5,'estimated_cost':0.5,"
                + "'prompt_tokens_details':{'audio_tokens':3},'completion_tokens_details':{'zap':1}}";

        JsonNode chat = Json.parse(CHAT.encodeResponse(anew(chat(usage)), asked(CHAT)));

        assertThat(chat.at("/usage/estimated_cost").doubleValue()).isEqualTo(0.5);
        assertThat(chat.at("/usage/prompt_tokens_details/audio_tokens").intValue())
                .isEqualTo(3);
        assertThat(chat.at("/usage/completion_tokens_details/zap").intValue()).isEqualTo(1);
        assertThat(chat.path("usage").propertyNames()).noneMatch(it -> it.contains("."));
        assertThat(chat.at("/choices/0").propertyNames()).containsOnly("index", "message", "finish_reason");

        JsonNode responses = Json.parse(RESPONSES.encodeResponse(
                anew(
                        responses(
                                "'usage':{'input_tokens':9,'output_tokens':5,'novel':2,'input_tokens_details':{'zap':1},'output_tokens_details':{'zip':3}}")),
                asked(RESPONSES)));

        assertThat(responses.at("/usage/novel").intValue()).isEqualTo(2);
        assertThat(responses.at("/usage/input_tokens_details/zap").intValue()).isEqualTo(1);
        assertThat(responses.at("/usage/output_tokens_details/zip").intValue()).isEqualTo(3);
        assertThat(responses.propertyNames()).noneMatch(it -> it.startsWith("usage."));
    }

    private static ChatRequest askedWithUsage() {
        return CHAT.decodeRequest(
                utf8(
                        "{'model':'m','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'hi'}]}"));
    }

    /** DeepInfra tells the usage with the reason to stop, for which clients of OpenAI do not look there. */
    @Test
    void aUsageThatMovesIntoAChunkOfItsOwnTakesThemAlong() {
        ChatRequest request = askedWithUsage();
        String stream = chunks(
                ",'usage':{'prompt_tokens':9,'completion_tokens':5,'estimated_cost':0.5,'prompt_tokens_details':{'zap':1}}",
                "");

        ToldStream told = ToldStream.of(CHAT, stream.replace('\'', '"'), CHAT, event -> event, request);

        assertThat(told.last("/usage/estimated_cost").doubleValue()).isEqualTo(0.5);
        assertThat(told.last("/usage/prompt_tokens_details/zap").intValue()).isEqualTo(1);
        assertThat(told.last("/choices").isEmpty()).isTrue();
        assertThat(told.lost()).isEmpty();
    }

    @Test
    void aStreamThatIsFoldedAndToldAgainHasThem() {
        ResponseFolder folder = new ResponseFolder();
        var decoder = CHAT.eventDecoder(HERE);
        chunks("", "'usage':{'prompt_tokens':9,'completion_tokens':5,'estimated_cost':0.5}")
                .lines()
                .forEach(it -> decoder.decode(new SseEvent(null, utf8(it)), folder::accept));
        ChatResponse folded = folder.toResponse();

        assertThat(AnswerLosses.of(folded, asked(MESSAGES))).containsExactly("answer.usage.estimated_cost");
        assertThat(Json.parse(CHAT.encodeResponse(folded, asked(CHAT)))
                        .at("/usage/estimated_cost")
                        .doubleValue())
                .isEqualTo(0.5);
        AnswerLosses losses = new AnswerLosses(asked(RESPONSES));
        ResponseUnfolder.unfold(folded).forEach(losses::accept);
        assertThat(losses.names()).containsExactly("answer.usage.estimated_cost");
        EventEncoder encoder = CHAT.eventEncoder(askedWithUsage());
        SseBuffer again = new SseBuffer();
        ResponseUnfolder.unfold(folded).forEach(event -> encoder.encode(event, again));
        encoder.finish(again);
        assertThat(new String(again.toByteArray(), StandardCharsets.UTF_8)).containsOnlyOnce("\"estimated_cost\":0.5");
    }

    private static final String ANTHROPICS = """
            {'type':'message_start','message':{'id':'m','type':'message','role':'assistant','model':'m','content':[],\
            'usage':{'input_tokens':1,'cache_creation':{'ephemeral_5m_input_tokens':1,'life':2},'server_tool_use':{'web_search_requests':0}}}}
            {'type':'message_delta','delta':{'early':1},'usage':{'output_tokens':1}}
            {'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}
            {'type':'message_delta','delta':{'late':1},'usage':{'output_tokens':3,'speed':'fast','output_tokens_details':{'thinking_tokens':1,'zip':5}},'zap':1}
            {'type':'message_delta','delta':{'later':1},'usage':{'output_tokens':4}}
            {'type':'message_stop'}""";

    @Test
    void whatAMessageDeltaTellsWithAUsageIsNamedWhereverItStands() {
        for (DialectCodec client : List.of(CHAT, RESPONSES)) {
            assertThat(told(MESSAGES, ANTHROPICS, client).lost())
                    .containsExactlyInAnyOrder(
                            "answer.usage.cache_creation.life",
                            "answer.early",
                            "answer.late",
                            "answer.usage.speed",
                            "answer.usage.output_tokens_details.zip",
                            "answer.zap",
                            "answer.later");
        }
        assertThat(told(MESSAGES, ANTHROPICS, MESSAGES).lost()).isEmpty();
    }

    @Test
    void whatIsWrittenAnewForAnthropicHasAllOfItInOneMessageDelta() {
        ToldStream told = ToldStream.of(
                MESSAGES, ANTHROPICS.replace('\'', '"'), MESSAGES, OtherCountsTest::withoutWire, asked(MESSAGES));

        assertThat(told.last("/usage/speed").stringValue()).isEqualTo("fast");
        assertThat(told.last("/usage/cache_creation/life").intValue()).isEqualTo(2);
        assertThat(told.last("/usage/output_tokens_details/zip").intValue()).isEqualTo(5);
        assertThat(told.last("/delta").propertyNames()).noneMatch(it -> it.startsWith("usage"));
        assertThat(told.last("/delta/late").intValue()).isEqualTo(1);
        assertThat(told.last("/delta/later").intValue()).isEqualTo(1);
        assertThat(told.lost()).isEmpty();
    }

    private static ChatEvent withoutWire(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Finished it ->
                new ChatEvent.Finished(it.choice(), it.reason(), it.stopSequence(), it.extras(), Wire.NONE);
            case ChatEvent.UsageReported it -> new ChatEvent.UsageReported(it.usage(), it.extras(), Wire.NONE);
            default -> event;
        };
    }

    @Test
    void aReportOfCanonicalCountsAloneHasNoExtras() {
        assertThat(new ChatEvent.UsageReported(Usage.of(1, 2), Wire.NONE).extras())
                .isEqualTo(Extras.NONE);
        List<ChatEvent> events = new ArrayList<>();
        var decoder = CHAT.eventDecoder(HERE);
        chunks("", "'usage':{'prompt_tokens':9,'completion_tokens':5,'completion_tokens_details':{'audio_tokens':0}}")
                .lines()
                .forEach(it -> decoder.decode(new SseEvent(null, utf8(it)), events::add));
        assertThat(events)
                .filteredOn(ChatEvent.UsageReported.class::isInstance)
                .allSatisfy(it ->
                        assertThat(((ChatEvent.UsageReported) it).extras()).isSameAs(Extras.NONE));
    }
}
