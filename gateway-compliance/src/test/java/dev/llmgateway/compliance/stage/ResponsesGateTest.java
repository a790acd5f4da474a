package dev.llmgateway.compliance.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Streams of Responses tell every text up to four times: in pieces, and when its part, its item and the answer end. What is taken
 * out of the pieces must be in none of the others.
 */
class ResponsesGateTest {

    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final Scanner SCANNER = Scanner.defaults();
    private static final Map<Action, GateStage> GATES = Map.of(
            Action.REDACT, GateStage.of(SCANNER, Actions.all(Action.REDACT)),
            Action.BLOCK, GateStage.of(SCANNER, Actions.all(Action.BLOCK)),
            Action.LOG_ONLY, GateStage.of(SCANNER, Actions.all(Action.LOG_ONLY)));
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"gpt\",\"input\":\"x\",\"stream\":true}".getBytes(StandardCharsets.UTF_8));

    /** A provider's stream: reasoning, a text and the arguments of a call, each in pieces. */
    private static byte[] stream(List<String> thought, List<String> text, List<String> arguments) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.in_progress", "\"response\":" + response("in_progress", ""));
        String reasoning = "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,";
        out.frame("response.output_item.added", "\"output_index\":0,\"item\":" + reasoning(""));
        out.frame("response.reasoning_summary_part.added", reasoning + "\"part\":" + summary(""));
        thought.forEach(it -> out.frame("response.reasoning_summary_text.delta", reasoning + "\"delta\":" + json(it)));
        String whole = String.join("", thought);
        out.frame("response.reasoning_summary_text.done", reasoning + "\"text\":" + json(whole));
        out.frame("response.reasoning_summary_part.done", reasoning + "\"part\":" + summary(whole));
        String first = reasoning(summary(whole));
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + first);

        String part = "\"item_id\":\"msg_1\",\"output_index\":1,\"content_index\":0,";
        out.frame("response.output_item.added", "\"output_index\":1,\"item\":" + message("in_progress", ""));
        out.frame("response.content_part.added", part + "\"part\":" + text(""));
        text.forEach(it -> out.frame(
                "response.output_text.delta",
                part + "\"delta\":" + json(it) + ",\"logprobs\":[],\"obfuscation\":\"Zk3qY9\""));
        whole = String.join("", text);
        out.frame("response.output_text.done", part + "\"text\":" + json(whole) + ",\"logprobs\":[]");
        out.frame("response.content_part.done", part + "\"part\":" + text(whole));
        String second = message("completed", text(whole));
        out.frame("response.output_item.done", "\"output_index\":1,\"item\":" + second);

        String call = "\"item_id\":\"fc_1\",\"output_index\":2,";
        out.frame("response.output_item.added", "\"output_index\":2,\"item\":" + call(""));
        arguments.forEach(it -> out.frame("response.function_call_arguments.delta", call + "\"delta\":" + json(it)));
        whole = String.join("", arguments);
        out.frame("response.function_call_arguments.done", call + "\"arguments\":" + json(whole));
        out.frame("response.output_item.done", "\"output_index\":2,\"item\":" + call(whole));
        String all = first + "," + second + "," + call(whole);
        out.frame("response.completed", "\"response\":" + response("completed", all));
        return out.bytes();
    }

    private static final class Recording {
        private final SseBuffer out = new SseBuffer();
        private int next;

        void frame(String type, String members) {
            String data = "{\"type\":\"" + type + "\",\"sequence_number\":" + next++ + "," + members + "}";
            out.event(type, data.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private static String json(String text) {
        return Json.mapper().writeValueAsString(text);
    }

    private static String response(String status, String items) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1764000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":\"Be brief and kind, please.\",\"model\":\"gpt\","
                + "\"output\":[" + items
                + "],\"parallel_tool_calls\":true,\"tools\":[{\"type\":\"function\",\"name\":\"f\","
                + "\"description\":\"Does what it can.\",\"parameters\":{\"type\":\"object\"},\"strict\":false}],"
                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3},\"metadata\":{}}";
    }

    private static String reasoning(String summary) {
        return "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[" + summary + "]}";
    }

    private static String summary(String text) {
        return "{\"type\":\"summary_text\",\"text\":" + json(text) + "}";
    }

    private static String message(String status, String content) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[" + content + "]}";
    }

    private static String text(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + json(text) + "}";
    }

    private static String call(String arguments) {
        return "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\",\"name\":\"f\","
                + "\"arguments\":" + json(arguments) + "}";
    }

    private static List<String> cut(String text, int... places) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            int to = Math.max(from, Math.min(place, text.length()));
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private static List<SseEvent> events(byte[] stream) {
        SseReader reader = new SseReader(new ByteArrayInputStream(stream), 1 << 20);
        List<SseEvent> events = new ArrayList<>();
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** What a provider's stream decodes to; one that pauses has nothing more to be read at any time. */
    private static ChatStream provider(byte[] stream, boolean pausing) {
        EventDecoder decoder = CODEC.eventDecoder(new Target("openai", "gpt", ModelTraits.openAi()));
        List<ChatEvent> events = new ArrayList<>();
        events(stream).forEach(event -> decoder.decode(event, events::add));
        Iterator<ChatEvent> left = events.iterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public boolean ready() {
                return !pausing;
            }

            @Override
            public void close() {}
        };
    }

    private final List<ComplianceFinding> found = new ArrayList<>();

    /** What the client of a gateway with this gate is sent. */
    private byte[] gated(Action action, byte[] stream) {
        return gated(action, stream, false);
    }

    private byte[] gated(Action action, byte[] stream, boolean pausing) {
        found.clear();
        GatewayListener listener = new GatewayListener() {
            @Override
            public void contentFound(Exchange exchange, ComplianceFinding finding) {
                found.add(finding);
            }
        };
        Exchange exchange = new Exchange("r", REQUEST, CallOptions.defaults(), listener, null, null, 0, Long.MAX_VALUE);
        ChatStream answer = GATES.get(action).intercept(exchange, inner -> provider(stream, pausing));
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        try {
            answer.forEach(event -> encoder.encode(event, out));
        } catch (GatewayException e) {
            encoder.fail(new WireError(403, WireError.Kind.PERMISSION, "Blocked.", "compliance_blocked", null), out);
        }
        encoder.finish(out);
        return out.toByteArray();
    }

    private static List<JsonNode> frames(byte[] stream) {
        return events(stream).stream().map(event -> Json.parse(event.data())).toList();
    }

    /** Numbered without a gap, and with one end. */
    private static JsonNode wellFormed(byte[] stream) {
        List<JsonNode> frames = frames(stream);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
            boolean ends = frames.get(i).path("type").asString().matches("response\\.(completed|incomplete|failed)");
            assertThat(ends).isEqualTo(i == frames.size() - 1);
        }
        return frames.getLast().path("response");
    }

    /** No eight characters of the token in a row. */
    private static void holdsNothingOfTheToken(byte[] stream) {
        String sent = new String(stream, StandardCharsets.UTF_8);
        assertThat(sent).doesNotContain("a1B2c3D4").doesNotContain("gh" + "p_a");
    }

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
        out.frame("response.output_item.done", "\"output_index\":0,\"item\":" + item.formatted(arguments));
        out.frame("response.completed", "\"response\":" + response("completed", item.formatted(arguments)));

        byte[] sent = gated(Action.REDACT, out.bytes());

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).at("/output/0/arguments").asString()).contains("[REDACTED");
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
        byte[] sent = gated(Action.REDACT, searchBehindAToken("weather"));

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
        byte[] sent = gated(Action.REDACT, searchBehindAToken(query.formatted(TOKEN)));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).path("output")).hasSize(2);
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers()
                .between(0, 60)
                .array(int[].class)
                .ofMinSize(0)
                .ofMaxSize(6)
                .map(cuts -> {
                    Arrays.sort(cuts);
                    return cuts;
                });
    }

    @Property(tries = 100)
    void whatIsTakenOutOfTheTextIsInNoFrame(@ForAll("cuts") int[] cuts, @ForAll boolean more, @ForAll boolean pausing) {
        String text = "Use " + TOKEN + (more ? " then" : "");
        byte[] sent =
                gated(Action.REDACT, stream(List.of("Hm", "m."), cut(text, cuts), List.of("{\"a\"", ":1}")), pausing);

        holdsNothingOfTheToken(sent);
        JsonNode response = wellFormed(sent);
        assertThat(response.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Use [REDACTED]" + (more ? " then" : ""));
        assertThat(response.path("output")
                        .path(0)
                        .path("summary")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Hmm.");
        assertThat(response.path("output").path(2).path("arguments").asString()).isEqualTo("{\"a\":1}");
        assertThat(found).hasSize(1);
    }

    @Property(tries = 40)
    void whatIsTakenOutOfReasoningIsInNoFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent = gated(Action.REDACT, stream(cut("Use " + TOKEN + " now", cuts), List.of("Ok."), List.of("{}")));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent)
                        .path("output")
                        .path(0)
                        .path("summary")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Use [REDACTED] now");
    }

    @Property(tries = 40)
    void whatIsTakenOutOfArgumentsIsInNoFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent =
                gated(Action.REDACT, stream(List.of("Hm."), List.of("Ok."), cut("{\"t\":\"" + TOKEN + "\"}", cuts)));

        holdsNothingOfTheToken(sent);
        assertThat(wellFormed(sent).path("output").path(2).path("arguments").asString())
                .isEqualTo("{\"t\":\"[REDACTED]\"}");
    }

    @Property(tries = 40)
    void nothingOfABlockedTextIsInAnyFrame(@ForAll("cuts") int[] cuts) {
        byte[] sent = gated(Action.BLOCK, stream(List.of("Hm."), cut("Use " + TOKEN + " now", cuts), List.of("{}")));

        holdsNothingOfTheToken(sent);
        JsonNode response = wellFormed(sent);
        assertThat(response.path("status").asString()).isEqualTo("failed");
        assertThat(response.path("error").path("code").asString()).isEqualTo("compliance_blocked");
    }

    @Property(tries = 40)
    void aCleanStreamLeavesAsItCame(@ForAll("cuts") int[] cuts) {
        byte[] stream = stream(
                cut("I think, therefore I am, as somebody said once.", cuts),
                cut("All is well that ends well, and this ends quite well.", cuts),
                cut("{\"city\":\"Paris\",\"days\":3}", cuts));

        assertThat(new String(gated(Action.REDACT, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
        assertThat(found).isEmpty();
    }

    private static byte[] recorded(String name) {
        try (InputStream in = ResponsesGateTest.class.getResourceAsStream("/streams/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void aRecordedStreamLeavesAsItCame(String name) {
        byte[] stream = recorded(name);

        assertThat(new String(gated(Action.REDACT, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    /** A recorded answer in which the token stands for some of its words, piece by piece and in every repetition. */
    @ParameterizedTest
    @CsvSource({
        "openai-responses-text-stream.sse, '\" How\"', '\" gh', ' How'",
        "openai-responses-function-call-stream.sse, '\"Boston\"', '\"gh', 'Boston'",
    })
    void whatIsTakenOutOfARecordedStreamIsInNoFrame(String name, String piece, String start, String word) {
        String stream = new String(recorded(name), StandardCharsets.UTF_8);
        String changed = stream.replace("\"delta\":" + piece, "\"delta\":" + start + TOKEN.substring(2) + "\"");
        String blank = word.startsWith(" ") ? " " : "";
        changed = changed.replace(word, blank + TOKEN);

        String sent =
                new String(gated(Action.REDACT, changed.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        holdsNothingOfTheToken(sent.getBytes(StandardCharsets.UTF_8));
        assertThat(sent).contains("[REDACTED]").contains("event: response.completed");
    }

    /** What can be decided of a long piece leaves before the rest of it: from there on the stream is written anew. */
    @Property(tries = 40)
    void aCleanStreamThatPausesTellsTheSame(@ForAll("cuts") int[] cuts) {
        String text = "All is well that ends well, and this ends quite well.";
        byte[] stream = stream(List.of("Hm."), cut(text, cuts), List.of("{}"));

        JsonNode response = wellFormed(gated(Action.REDACT, stream, true));
        assertThat(response.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo(text);
    }

    @Test
    void whatIsOnlyLookedAtIsFoundOnce() {
        byte[] stream = stream(List.of("Hm."), cut("Use " + TOKEN + " now", 7, 20), List.of("{}"));

        assertThat(new String(gated(Action.LOG_ONLY, stream), StandardCharsets.UTF_8))
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
        assertThat(found).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"novel\":\"TOKEN\"", "\"novel\":{\"deep\":[\"TOKEN\"]}", "\"TOKEN\":1"})
    void aFrameThatOnlyTheVendorKnowsDoesNotPassWithASecret(String members) {
        Recording out = new Recording();
        out.frame("response.created", "\"response\":" + response("in_progress", ""));
        out.frame("response.novel", members.replace("TOKEN", TOKEN));
        out.frame("response.novel", "\"novel\":\"harmless\"");
        out.frame("response.completed", "\"response\":" + response("completed", ""));

        String sent = new String(gated(Action.REDACT, out.bytes()), StandardCharsets.UTF_8);

        assertThat(sent).doesNotContain(TOKEN).contains("harmless");
    }

    /** Of a long text, only the pieces are looked at. */
    @Test
    void repeatedTextsAreNotLookedAtAgain() {
        List<String> looked = new ArrayList<>();
        Treatment counting = new Treatment() {
            @Override
            public TextFilter open(String place, boolean isJson, TextFilter.Output output) {
                throw new IllegalStateException();
            }

            @Override
            public boolean replaces() {
                return true;
            }

            @Override
            public String whole(String place, String text) {
                looked.add(text);
                return text;
            }
        };
        UntoldTexts untold = new UntoldTexts(counting);
        ChatStream checked = new CheckedWire(
                provider(
                        stream(List.of("I think."), List.of("All is well", " today."), List.of("{\"a\"", ":1}")),
                        false),
                REQUEST.dialect(),
                untold);
        checked.forEach(event -> {
            if (event instanceof ChatEvent.Vendor vendor && vendor.wire().form() != null) {
                assertThat(untold.mayPass(vendor.wire().form())).isTrue();
            }
        });

        assertThat(looked)
                .noneMatch(text -> text.contains("All is well"))
                .noneMatch(text -> text.contains("I think"))
                .noneMatch(text -> text.contains("{\"a\":1}"));
        assertThat(looked.stream().filter(text -> text.contains("Be brief"))).hasSize(1);
    }
}
