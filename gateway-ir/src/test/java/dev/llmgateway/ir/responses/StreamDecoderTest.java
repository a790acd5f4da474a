package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.decode;
import static dev.llmgateway.ir.responses.Responses.fold;
import static dev.llmgateway.ir.responses.Responses.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StreamDecoderTest {

    private static final String CREATED =
            "{'type':'response.created','response':{'id':'r','model':'m','created_at':7,'status':'in_progress'}}";
    private static final String COMPLETED =
            "{'type':'response.completed','response':{'id':'r','status':'completed','output':[]}}";
    private static final String REASONING_ADDED =
            "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs','summary':[]}}";

    private static String added(int index, String item) {
        return "{'type':'response.output_item.added','output_index':" + index + ",'item':" + item + "}";
    }

    private static String done(int index, String item) {
        return "{'type':'response.output_item.done','output_index':" + index + ",'item':" + item + "}";
    }

    private static List<Content> content(String... frames) {
        List<String> all = new ArrayList<>(List.of(frames));
        all.addFirst(CREATED);
        all.add(COMPLETED);
        return fold(decode(all.toArray(String[]::new))).first().content();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void aRecordedStreamIsTheAnswerThatItEndsWith(String name) {
        List<SseEvent> events = Fixtures.events(name);
        JsonNode whole = Json.parse(events.getLast().data()).path("response");

        List<ChatEvent> decoded = decode(events);

        ChatResponse unary = CODEC.decodeResponse(Json.write(whole), CAPABLE);
        assertThat(fold(decoded)).isEqualTo(unary);
        assertThat(unary.usage()).isNotNull();
        assertThat(decoded).allSatisfy(event -> assertThat(event.wire().form()).isNotNull());
        assertThat(decoded.stream().map(event -> event.wire().form()).distinct())
                .hasSameSizeAs(events);
    }

    @Test
    void aPartEndsWithTheFirstFrameThatRepeatsItsText() {
        List<ChatEvent> events = decode(Fixtures.events("openai-responses-text-stream.sse"));

        int end = events.indexOf(events.stream()
                .filter(ChatEvent.PartEnded.class::isInstance)
                .findFirst()
                .orElseThrow());
        assertThat(events.get(end).wire().form().eventName()).isEqualTo("response.output_text.done");
        assertThat(events.get(end - 1)).isInstanceOf(ChatEvent.TextDelta.class);
    }

    @Test
    void readsTextsThatOnlyCameWhenTheyWereDone() {
        String message =
                "{'type':'message','id':'m1','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}";

        assertThat(content(
                        "{'type':'response.output_text.done','output_index':0,'content_index':0,'text':'Hi'}",
                        done(0, message)))
                .extracting(part -> ((Content.Text) part).text())
                .containsExactly("Hi");
        assertThat(content(done(0, message)))
                .extracting(part -> ((Content.Text) part).text())
                .containsExactly("Hi");
        assertThat(fold(decode(
                                CREATED,
                                "{'type':'response.completed','response':{'status':'completed','output':[" + message
                                        + "]}}"))
                        .text())
                .isEqualTo("Hi");
    }

    @Test
    void readsArgumentsThatOnlyCameWhenTheyWereDone() {
        String start = "{'type':'function_call','id':'fc','call_id':'c1','name':'f','arguments':''}";
        String whole = "{'type':'function_call','id':'fc','call_id':'c1','name':'f','arguments':'{\\\"a\\\":1}'}";

        assertThat(content(added(0, start), done(0, whole)))
                .extracting(part -> ((Content.ToolCall) part).arguments())
                .containsExactly("{\"a\":1}");
        assertThat(content(done(0, whole)))
                .extracting(part -> ((Content.ToolCall) part).arguments())
                .containsExactly("{\"a\":1}");
        assertThat(
                        content(
                                added(0, start),
                                "{'type':'response.function_call_arguments.done','output_index':0,'arguments':'{\\\"a\\\":1}'}"))
                .extracting(part -> ((Content.ToolCall) part).arguments())
                .containsExactly("{\"a\":1}");
        assertThat(content(added(0, start)))
                .extracting(part -> ((Content.ToolCall) part).arguments())
                .containsExactly("{}");
    }

    @Test
    void readsCallsThatComeInterleaved() {
        ChatResponse answer = fold(decode(
                CREATED,
                added(0, "{'type':'function_call','call_id':'c1','name':'f','arguments':''}"),
                added(1, "{'type':'function_call','call_id':'c2','name':'g','arguments':''}"),
                "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'{\\\"b\\\":'}",
                "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'{}'}",
                "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'2}'}",
                done(1, "{'type':'function_call','call_id':'c2','name':'g','arguments':'{\\\"b\\\":2}'}"),
                done(0, "{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'}"),
                COMPLETED));

        assertThat(answer.toolCalls())
                .containsExactly(new Content.ToolCall("c1", "f", "{}"), new Content.ToolCall("c2", "g", "{\"b\":2}"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void readsFreeTextCallsAndNamespaces() {
        List<Content> content = content(
                added(0, "{'type':'custom_tool_call','call_id':'c1','name':'patch','input':''}"),
                "{'type':'response.custom_tool_call_input.delta','output_index':0,'delta':'*** Begin'}",
                "{'type':'response.custom_tool_call_input.done','output_index':0,'input':'*** Begin'}",
                done(0, "{'type':'custom_tool_call','call_id':'c1','name':'patch','input':'*** Begin'}"),
                done(1, "{'type':'custom_tool_call','call_id':'c2','name':'patch','input':'x'}"),
                done(2, "{'type':'function_call','call_id':'c3','namespace':'ns','name':'f','arguments':'{}'}"));

        Content.ToolCall patch = (Content.ToolCall) content.getFirst();
        assertThat(FreeTextCalls.isMarked(patch)).isTrue();
        assertThat(patch.arguments()).isEqualTo("*** Begin");
        assertThat(((Content.ToolCall) content.get(1)).arguments()).isEqualTo("x");
        assertThat(((Content.ToolCall) content.get(2)).name()).isEqualTo("ns__f");
    }

    @Test
    void readsReasoningWithItsSealWhichIsOnlyFinalWhenTheItemIsDone() {
        List<Content> content = content(
                REASONING_ADDED,
                "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':0,'part':{'text':''}}",
                "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'One'}",
                "{'type':'response.reasoning_summary_text.done','output_index':0,'summary_index':0,'text':'One'}",
                "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':1,'part':{'text':''}}",
                "{'type':'response.reasoning_summary_text.done','output_index':0,'summary_index':1,'text':'Two'}",
                done(
                        0,
                        "{'type':'reasoning','id':'rs','encrypted_content':'sealed',"
                                + "'summary':[{'text':'One'},{'text':'Two'}]}"));

        Content.Reasoning reasoning = (Content.Reasoning) content.getFirst();
        assertThat(reasoning.text()).isEqualTo("One\n\nTwo");
        assertThat(reasoning.token()).isEqualTo(new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", "openai"));
        assertThat(reasoning.extras().member(OPENAI_RESPONSES, "id")).isEqualTo(json("'rs'"));
    }

    @Test
    void readsReasoningInTheOpen() {
        List<Content> content = content(
                REASONING_ADDED,
                "{'type':'response.reasoning_text.delta','output_index':0,'content_index':0,'delta':'Hm'}",
                "{'type':'response.reasoning_text.done','output_index':0,'content_index':0,'text':'Hm'}",
                done(0, "{'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'Hm'}]}"));

        assertThat(((Content.Reasoning) content.getFirst()).text()).isEqualTo("Hm");
    }

    @Test
    void readsRefusals() {
        ChatResponse answer = fold(decode(
                CREATED,
                added(0, "{'type':'message','id':'m1','role':'assistant','content':[]}"),
                "{'type':'response.content_part.added','output_index':0,'content_index':0,"
                        + "'part':{'type':'refusal','refusal':''}}",
                "{'type':'response.refusal.delta','output_index':0,'content_index':0,'delta':'No'}",
                "{'type':'response.refusal.done','output_index':0,'content_index':0,'refusal':'No'}",
                COMPLETED));

        assertThat(answer.first().content()).hasSize(1).first().isInstanceOf(Content.Refusal.class);
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.REFUSAL);
    }

    @Test
    void annotationsBelongToTheirText() {
        List<Content> content = content(
                "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi'}",
                "{'type':'response.output_text.annotation.added','output_index':0,'content_index':0,"
                        + "'annotation':{'type':'url_citation','url':'https://h'}}");

        assertThat(content.getFirst().extras().member(OPENAI_RESPONSES, "annotations"))
                .isEqualTo(json("[{'type':'url_citation','url':'https://h'}]"));
    }

    @Test
    void whatOnlyTheVendorRunsIsPassedOnWhole() {
        List<ChatEvent> events = decode(
                CREATED,
                added(0, "{'type':'web_search_call','id':'ws','status':'in_progress'}"),
                "{'type':'response.web_search_call.searching','output_index':0,'item_id':'ws'}",
                done(0, "{'type':'web_search_call','id':'ws','status':'completed'}"),
                COMPLETED);

        assertThat(events).filteredOn(ChatEvent.Vendor.class::isInstance).hasSize(2);
        assertThat(fold(events).first().content())
                .containsExactly(new Content.Vendor(
                        OPENAI_RESPONSES, json("{'type':'web_search_call','id':'ws','status':'completed'}")));
    }

    @Test
    void tellsUsageInCountersThatDoNotOverlap() {
        ChatResponse answer = fold(decode(
                CREATED,
                "{'type':'response.completed','response':{'status':'completed','output':[],'usage':{'input_tokens':100,"
                        + "'input_tokens_details':{'cached_tokens':60,'cache_write_tokens':30},'output_tokens':20,"
                        + "'output_tokens_details':{'reasoning_tokens':15},'total_tokens':120}}}"));

        assertThat(answer.usage()).isEqualTo(new Usage(10, 60, 30, 0, 20, 15));
    }

    @Test
    void tokenProbabilitiesGoWithTheAnswerForBothFormats() {
        ChatResponse answer = fold(decode(
                CREATED,
                "{'type':'response.output_text.done','output_index':0,'content_index':0,'text':'Hi',"
                        + "'logprobs':[{'token':'Hi','logprob':-0.1}]}",
                COMPLETED));

        assertThat(answer.first().extras().member(OPENAI_CHAT, "logprobs"))
                .isEqualTo(json("{'content':[{'token':'Hi','logprob':-0.1}]}"));
    }

    @Test
    void anIncompleteAnswerTellsWhy() {
        String incomplete = "{'type':'response.incomplete','response':{'status':'incomplete','output':[],"
                + "'incomplete_details':{'reason':'%s'}}}";

        assertThat(fold(decode(CREATED, incomplete.formatted("max_output_tokens")))
                        .first()
                        .stopReason())
                .isEqualTo(StopReason.MAX_TOKENS);
        assertThat(fold(decode(CREATED, incomplete.formatted("content_filter")))
                        .first()
                        .stopReason())
                .isEqualTo(StopReason.REFUSAL);
        ChatResponse steered = fold(decode(CREATED, incomplete.formatted("steered")));
        assertThat(steered.first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(steered.first().extras().member(OPENAI_RESPONSES, "incomplete_details"))
                .isEqualTo(json("{'reason':'steered'}"));
    }

    @Test
    void aFailureInTheStreamIsAnError() {
        assertThatThrownBy(() -> decode(
                        CREATED,
                        "{'type':'response.failed','response':{'status':'failed',"
                                + "'error':{'code':'rate_limit_exceeded','message':'Slow down'}}}"))
                .isInstanceOfSatisfying(
                        ProviderStreamException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new WireError(
                                        429, WireError.Kind.RATE_LIMIT, "Slow down", "rate_limit_exceeded", null)));
        assertThatThrownBy(() -> decode(CREATED, "{'type':'error','code':'server_error','message':'Oh','param':null}"))
                .isInstanceOfSatisfying(
                        ProviderStreamException.class,
                        e -> assertThat(e.error().message()).isEqualTo("Oh"));
    }

    @Test
    void aStreamThatBreaksOffIsNoAnswer() {
        assertThatThrownBy(() -> decode(
                        CREATED,
                        "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi'}"))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessage("the stream ended without response.completed");
        assertThatThrownBy(() -> decode()).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void aCallWithoutAnIdGetsOneAndIsNotSentOnInItsBytes() {
        List<ChatEvent> events = decode(
                CREATED, done(0, "{'type':'function_call','call_id':'','name':'f','arguments':'{}'}"), COMPLETED);

        assertThat(fold(events).toolCalls().getFirst().id()).startsWith("call_");
        assertThat(events)
                .filteredOn(ChatEvent.PartStarted.class::isInstance)
                .allSatisfy(event -> assertThat(event.wire().form()).isNull());
    }
}
