package dev.llmgateway.compliance.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class FilteredChatStreamTest {

    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final Scanner SCANNER = Scanner.defaults();

    private final List<ComplianceFinding> told = new ArrayList<>();

    private final GatewayListener listener = new GatewayListener() {
        @Override
        public void contentFound(Exchange exchange, ComplianceFinding finding) {
            told.add(finding);
        }
    };

    /** The answer of a provider that sends these events. */
    private static ChatStream sends(List<ChatEvent> events) {
        return pausing(events, events.size());
    }

    /** The same, of a provider that pauses after so many events. */
    private static ChatStream pausing(List<ChatEvent> events, int pause) {
        ListIterator<ChatEvent> left = events.listIterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public boolean ready() {
                return left.nextIndex() != pause;
            }

            @Override
            public void close() {}
        };
    }

    private ChatStream gated(Action action, List<ChatEvent> events) {
        return through(GateStage.of(SCANNER, Actions.all(action)), "hello", events);
    }

    private ChatStream through(Interceptor stage, String prompt, List<ChatEvent> events) {
        return through(stage, prompt, sends(events));
    }

    private ChatStream through(Interceptor stage, String prompt, ChatStream answer) {
        ChatRequest request =
                ChatRequest.builder("auto").message(Message.user(prompt)).build();
        Exchange exchange = new Exchange("r", request, CallOptions.defaults(), listener, null, null, 0, Long.MAX_VALUE);
        return stage.intercept(exchange, sanitized -> answer);
    }

    private static List<ChatEvent> answer(Content initial, List<ChatEvent> deltas) {
        List<ChatEvent> events = new ArrayList<>();
        events.add(new ChatEvent.Started("a", "m", 1, null, null, Wire.NONE));
        events.add(new ChatEvent.PartStarted(0, 0, initial, Wire.NONE));
        events.addAll(deltas);
        events.add(new ChatEvent.PartEnded(0, 0, Wire.NONE));
        events.add(new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE));
        return events;
    }

    private static List<ChatEvent> texts(String... texts) {
        List<ChatEvent> deltas = new ArrayList<>();
        for (String text : texts) {
            deltas.add(new ChatEvent.TextDelta(0, 0, text, Wire.NONE));
        }
        return answer(new Content.Text(""), deltas);
    }

    private static List<ChatEvent> arguments(String json, int size) {
        return call(json, size, Extras.NONE);
    }

    private static List<ChatEvent> call(String json, int size, Extras extras) {
        List<ChatEvent> deltas = new ArrayList<>();
        for (int from = 0; from < json.length(); from += size) {
            String piece = json.substring(from, Math.min(json.length(), from + size));
            deltas.add(new ChatEvent.ArgumentsDelta(0, 0, piece, Wire.NONE));
        }
        return answer(new Content.ToolCall("c", "f", "", null, extras), deltas);
    }

    private static String argumentsOf(ChatStream stream) {
        ChatResponse response = stream.collect();
        return ((Content.ToolCall) response.choices().getFirst().content().getFirst()).arguments();
    }

    private static List<ChatEvent> all(ChatStream stream) {
        List<ChatEvent> events = new ArrayList<>();
        stream.forEach(events::add);
        return events;
    }

    @Test
    void letsCleanEventsPassAsTheyCame() {
        List<ChatEvent> events = texts("Good", " mor", "ning", "", ", world", ".");
        List<ChatEvent> passed = all(gated(Action.REDACT, events));
        assertThat(passed).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            assertThat(passed.get(i)).isSameAs(events.get(i));
        }
    }

    @Test
    void replacesWhatIsSpreadOverEvents() {
        List<ChatEvent> passed = all(gated(
                Action.REDACT,
                texts("Take ", TOKEN.substring(0, 3), TOKEN.substring(3, 25), TOKEN.substring(25), " now")));
        assertThat(passed)
                .filteredOn(it -> it instanceof ChatEvent.TextDelta)
                .extracting(it -> ((ChatEvent.TextDelta) it).text())
                .containsExactly("Take ", "[REDACTED]", " now");
        assertThat(told).singleElement().satisfies(it -> {
            assertThat(it.place()).isEqualTo("choices[0].parts[0].text");
            assertThat(it.kind()).isEqualTo("api_key");
            assertThat(it.start()).isEqualTo(5);
            assertThat(it.end()).isEqualTo(5 + TOKEN.length());
        });
    }

    @Test
    void endsABlockedAnswerBeforeAnythingOfTheFinding() {
        ChatStream stream = gated(Action.BLOCK, texts("Take ", TOKEN.substring(0, 20), TOKEN.substring(20), " now"));
        StringBuilder seen = new StringBuilder();
        assertThatThrownBy(() -> stream.forEach(it -> {
                    if (it instanceof ChatEvent.TextDelta delta) {
                        seen.append(delta.text());
                    }
                }))
                .isInstanceOf(GatewayException.BlockedByCompliance.class);
        assertThat(seen.toString()).isEqualTo("Take ");
    }

    @Test
    void keepsArgumentsValidWhereverTheyAreCut() {
        String json =
                "{\"token\":\"x\\n" + TOKEN + "\\u0022\",\"mail\":\"\\u006aane@example.org\",\"e\":\"\\u00e9\\/\"}";
        for (int size = 1; size < 12; size++) {
            assertThat(argumentsOf(gated(Action.REDACT, arguments(json, size))))
                    .isEqualTo("{\"token\":\"x\\n[REDACTED]\\\"\",\"mail\":\"[REDACTED]\",\"e\":\"\u00e9/\"}");
        }
    }

    @Test
    void doesNotHideBehindEscapes() {
        StringBuilder escaped = new StringBuilder();
        TOKEN.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        assertThat(argumentsOf(gated(Action.REDACT, arguments("{\"a\":\"" + escaped + "\"}", 4))))
                .isEqualTo("{\"a\":\"[REDACTED]\"}");
    }

    @Test
    void givesTheCallerItsOwnValuesBack() {
        Interceptor compliance = ComplianceStage.builder()
                .sanitizeRequests(SCANNER, Actions.all(Action.REDACT))
                .restore(true)
                .build();
        Interceptor gate = GateStage.of(SCANNER, Actions.all(Action.REDACT));
        Interceptor stage = (exchange, next) -> compliance.intercept(exchange, inner -> gate.intercept(inner, next));
        String prompt = "Write to jane@example.org and joe@example.org, then jane@example.org again";
        String said = "Done: [REDACTED:email:2], [REDACTED:email:1] and [REDACTED:email:3], not eve@example.org [REDA";
        for (int size = 1; size < said.length(); size++) {
            List<String> pieces = new ArrayList<>();
            for (int from = 0; from < said.length(); from += size) {
                pieces.add(said.substring(from, Math.min(said.length(), from + size)));
            }
            ChatResponse response =
                    through(stage, prompt, texts(pieces.toArray(String[]::new))).collect();
            assertThat(((Content.Text) response.choices().getFirst().content().getFirst()).text())
                    .isEqualTo("Done: joe@example.org, jane@example.org and [REDACTED:email:3], not [REDACTED] [REDA");
        }
    }

    @Test
    void givesValuesBackInArgumentsAsJson() {
        ComplianceStage stage = ComplianceStage.builder()
                .sanitizeRequests(SCANNER, Actions.all(Action.REDACT))
                .restore(true)
                .build();
        List<ChatEvent> events = arguments("{\"to\":\"[REDACTED:email:1]\"}", 5);
        assertThat(argumentsOf(through(stage, "o'neil@example.org", events)))
                .isEqualTo("{\"to\":\"o'neil@example.org\"}");
    }

    @Test
    void looksAtWhatAVendorsOwnToolIsGivenAsAWhole() {
        List<ChatEvent> deltas = new ArrayList<>();
        for (String piece : List.of("{\"query\":\"", TOKEN.substring(0, 9), TOKEN.substring(9), "\"}")) {
            deltas.add(new ChatEvent.VendorDelta(
                    0,
                    0,
                    Dialect.ANTHROPIC_MESSAGES,
                    Json.parse("{\"type\":\"input_json_delta\",\"partial_json\":"
                            + Json.writeString(StringNode.valueOf(piece)) + "}"),
                    Wire.NONE));
        }
        Content initial = new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, Json.parse("{\"type\":\"server_tool_use\"}"));
        assertThat(all(gated(Action.REDACT, answer(initial, deltas))))
                .filteredOn(it -> it instanceof ChatEvent.VendorDelta)
                .singleElement()
                .extracting(it -> ((ChatEvent.VendorDelta) it)
                        .delta()
                        .path("partial_json")
                        .stringValue())
                .isEqualTo("{\"query\":\"[REDACTED]\"}");
        List<ChatEvent> clean = deltas.subList(0, 1);
        assertThat(all(gated(Action.REDACT, answer(initial, clean)))).contains(clean.getFirst());
    }

    @Test
    void restoresValuesInTheFreeTextOfACustomToolAsTheyAre() {
        List<ChatEvent> patch = call("+to: [REDACTED:email:1]\n", 4, FreeTextCalls.mark(Extras.NONE));
        ComplianceStage stage = ComplianceStage.builder()
                .sanitizeRequests(SCANNER, Actions.all(Action.REDACT))
                .restore(true)
                .build();
        assertThat(argumentsOf(through(stage, "I am jane@example.org", patch))).isEqualTo("+to: jane@example.org\n");
    }

    /** A patch: what looks like an escape in it is none, and nobody wants quotes around what is replaced. */
    @Property(tries = 50)
    void theFreeTextOfACustomToolIsNoJson(@ForAll @IntRange(min = 1, max = 30) int size) {
        Extras custom = FreeTextCalls.mark(Extras.NONE);
        String patch = "+s/a\\/b/\\u0041c/ \"q\\/r\" \\u00e9 \\\"\n";
        assertThat(argumentsOf(gated(Action.REDACT, call(patch, size, custom)))).isEqualTo(patch);
        assertThat(argumentsOf(gated(Action.REDACT, call("+use " + TOKEN + " and\n" + patch, size, custom))))
                .isEqualTo("+use [REDACTED] and\n" + patch);
    }

    @Test
    void takesTokenProbabilitiesOutOfAChangedAnswer() {
        Extras extras =
                Extras.of(Dialect.OPENAI_CHAT, Map.of("logprobs", Json.parse("{\"content\":[{\"token\":\"x\"}]}")));
        List<ChatEvent> events = new ArrayList<>(texts("Take " + TOKEN));
        events.set(4, new ChatEvent.Finished(0, StopReason.END_TURN, null, extras, Wire.NONE));
        ChatEvent.Finished last =
                (ChatEvent.Finished) all(gated(Action.REDACT, events)).getLast();
        assertThat(last.extras().of(Dialect.OPENAI_CHAT)).isEmpty();
        AnswerLosses losses = new AnswerLosses(ChatRequest.builder("m")
                .user("hi")
                .decodedFrom(Dialect.OPENAI_CHAT, null)
                .build());
        losses.accept(last);
        assertThat(losses.names()).containsExactly("answer.logprobs");
        events.set(2, new ChatEvent.TextDelta(0, 0, "Take it", Wire.NONE));
        assertThat(all(gated(Action.REDACT, events)).getLast()).isSameAs(events.getLast());
    }

    @Test
    void anyNumberOfEmptyDeltasMayWaitBehindAWord() {
        List<ChatEvent> events = new ArrayList<>();
        events.add(new ChatEvent.TextDelta(0, 0, TOKEN.substring(0, 20), Wire.NONE));
        for (int i = 0; i < 200_000; i++) {
            events.add(new ChatEvent.TextDelta(0, 0, "", Wire.NONE));
        }
        events.add(new ChatEvent.TextDelta(0, 0, TOKEN.substring(20), Wire.NONE));

        StringBuilder text = new StringBuilder();
        for (ChatEvent event : gated(Action.REDACT, events)) {
            text.append(((ChatEvent.TextDelta) event).text());
        }
        assertThat(text).hasToString("[REDACTED]");
    }

    @Test
    void changesNothingAndHoldsNothingWhereFindingsAreOnlyLogged() {
        List<ChatEvent> events = arguments("{\"a\":\"\\u00e9 \\/ \\u006aane@example.org \\u00e9", 3);
        ChatStream stream = gated(Action.LOG_ONLY, events);
        for (ChatEvent event : events) {
            assertThat(stream.next()).isSameAs(event);
        }
        assertThat(stream.next()).isNull();
        assertThat(told).extracting(ComplianceFinding::kind).containsExactly("email");
    }

    @Test
    void wordsDoNotWaitForTheHeldWordBehindThem() {
        List<ChatEvent> events = texts("The address that you want is jane", ".doe@example.org, I think");
        ChatStream stream = through(GateStage.of(SCANNER, Actions.all(Action.REDACT)), "Hi", pausing(events, 3));
        assertThat(stream.next()).isInstanceOf(ChatEvent.Started.class);
        assertThat(stream.next()).isInstanceOf(ChatEvent.PartStarted.class);
        assertThat(stream.next())
                .isInstanceOfSatisfying(
                        ChatEvent.TextDelta.class,
                        it -> assertThat(it.text()).isEqualTo("The address that you want is "));
        assertThat(stream.next())
                .isInstanceOfSatisfying(
                        ChatEvent.TextDelta.class, it -> assertThat(it.text()).startsWith("[REDACTED]"));
    }

    @Test
    void aPlaceholderThatTheCallerWroteIsNobodysValue() {
        ComplianceStage stage = ComplianceStage.builder()
                .sanitizeRequests(SCANNER, Actions.all(Action.REDACT))
                .restore(true)
                .build();
        String prompt = "What is [REDACTED:email:1]? Tell jane@example.org";
        ChatResponse response = through(
                        stage, prompt, texts("[REDACTED:email:1] stands for an address, [REDACTED:email:2]"))
                .collect();
        assertThat(((Content.Text) response.choices().getFirst().content().getFirst()).text())
                .isEqualTo("[REDACTED:email:1] stands for an address, jane@example.org");
    }

    @Test
    void keepsWhatAVendorsOwnToolIsGivenValid() {
        String card = "4111 1111 1111 1111".replace(" ", "");
        ChatEvent delta = new ChatEvent.VendorDelta(
                0,
                0,
                Dialect.ANTHROPIC_MESSAGES,
                Json.parse("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"card\\\": " + card + "}\"}"),
                Wire.NONE);
        Content initial = new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, Json.parse("{\"type\":\"server_tool_use\"}"));
        assertThat(all(gated(Action.REDACT, answer(initial, List.of(delta)))))
                .filteredOn(it -> it instanceof ChatEvent.VendorDelta)
                .extracting(it -> ((ChatEvent.VendorDelta) it)
                        .delta()
                        .path("partial_json")
                        .stringValue())
                .containsExactly("{\"card\": \"[REDACTED]\"}");
    }

    @Test
    void tellsOfABlockedAnswerWhatItCost() {
        List<ChatEvent> events = new ArrayList<>(texts("Take " + TOKEN, "."));
        ChatEvent usage = new ChatEvent.UsageReported(Usage.of(3, 4), Wire.NONE);
        events.add(usage);
        List<ChatEvent> seen = new ArrayList<>();
        assertThatThrownBy(() -> gated(Action.BLOCK, events).forEach(seen::add))
                .isInstanceOf(GatewayException.BlockedByCompliance.class);
        assertThat(seen).last().isSameAs(usage);
    }
}
