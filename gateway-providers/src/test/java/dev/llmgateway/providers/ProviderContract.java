package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.PATIENCE;
import static dev.llmgateway.providers.TestCalls.drain;
import static dev.llmgateway.providers.TestCalls.streaming;
import static dev.llmgateway.providers.TestCalls.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider does, whatever the vendor. */
abstract class ProviderContract {

    static final String KEY = "secret-key-0123456789";
    private static final String PROMPT = "one two three four five six seven";

    final SimulatedProvider sim = SimulatedProvider.start();
    Provider provider;

    abstract ProviderType type();

    /** A provider of this type that asks the simulated one; the builder has id and key already. */
    abstract Providers.Builder configured(Providers.Builder builder);

    @BeforeEach
    void open() {
        provider = build(builder());
    }

    @AfterEach
    void close() {
        provider.close();
        sim.close();
    }

    private Providers.Builder builder() {
        return configured(Providers.builder(type(), "upstream").apiKey(KEY));
    }

    private static Provider build(Providers.Builder builder) {
        return builder.build();
    }

    @Test
    void answersWhole() {
        ChatResponse answer = provider.open(unary(PROMPT)).collect();

        assertThat(answer.text()).contains("three");
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(answer.usage()).isNotNull();
        assertThat(answer.origin().provider()).isEqualTo("upstream");
        assertThat(answer.origin().model()).isEqualTo("sim-large");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsWhenTheAnswerWasMade(boolean stream) {
        ChatStream answer = provider.open(stream ? streaming(PROMPT) : unary(PROMPT));

        assertThat(answer.collect().created()).isGreaterThan(1_700_000_000L);
    }

    @Test
    void streamsWhatItAnswersWhole() {
        String whole = provider.open(unary(PROMPT)).collect().text();
        List<ChatEvent> events = drain(provider.open(streaming(PROMPT)));

        assertThat(events.getFirst()).isInstanceOfSatisfying(ChatEvent.Started.class, start -> {
            assertThat(start.origin().provider()).isEqualTo("upstream");
            assertThat(start.origin().model()).isEqualTo("sim-large");
        });
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.Finished.class);
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.UsageReported.class);
        assertThat(events.stream()
                        .filter(ChatEvent.TextDelta.class::isInstance)
                        .map(delta -> ((ChatEvent.TextDelta) delta).text())
                        .reduce("", String::concat))
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void callsSeveralTools(boolean stream) {
        ChatRequest request = ChatRequest.builder("sim-large")
                .user("call both in parallel")
                .toolUse(new ToolUse(List.of(tool("get_weather"), tool("get_time")), null, null))
                .maxOutputTokens(300)
                .stream(stream)
                .build();

        ChatResponse answer = provider.open(TestCalls.call(request)).collect();

        assertThat(answer.toolCalls()).extracting(Content.ToolCall::name).containsExactly("get_weather", "get_time");
        assertThat(answer.toolCalls())
                .allSatisfy(call ->
                        assertThat(Json.parse(call.arguments()).isObject()).isTrue());
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    private static Tool tool(String name) {
        return new Tool.Function(
                name, "Tells it.", Json.parse("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST, false",
        "401, AUTHENTICATION, true",
        "403, PERMISSION, true",
        "404, NOT_FOUND, true",
        "429, RATE_LIMIT, true",
        "500, SERVER, true",
        "503, OVERLOADED, true"
    })
    void tellsTheKindOfAnErrorStatus(int status, Kind kind, boolean mayFailOver) {
        for (ProviderCall call : List.of(unary(PROMPT), streaming(PROMPT))) {
            sim.enqueue(Reply.failure(status));

            ProviderFailed error = failure(call);

            assertThat(error.phase()).isEqualTo(Phase.STATUS);
            assertThat(error.provider()).isEqualTo("upstream");
            assertThat(error.error().kind()).isEqualTo(kind);
            assertThat(error.error().status()).isEqualTo(status);
            assertThat(error.mayFailOver()).isEqualTo(mayFailOver);
        }
    }

    @Test
    void passesOnHowLongToWait() {
        sim.enqueue(Reply.failure(429, Map.of("retry-after", "17")));

        assertThat(failure(unary(PROMPT)).retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void neverRepeatsTheKeyInAMessage() {
        for (int status : new int[] {400, 401, 403, 500}) {
            sim.enqueue(new Reply.Failure(status, Map.of(), "your key " + KEY + " is not to my taste"));

            assertThat(failure(unary(PROMPT))).hasMessageNotContaining(KEY);
        }
    }

    @Test
    void tellsWhatElseAnErrorSaysUnlessTheKeyIsInItOrWasRefused() {
        String error = "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"more\":%s}}";
        for (String more : List.of("[{\"key\":\"it is " + KEY + "\"}]", "{\"" + KEY + "\":1}")) {
            sim.enqueue(Reply.json(400, error.formatted(more)));
            assertThatOnlyTheNameIsTold(failure(unary(PROMPT)).error().extras());
        }
        sim.enqueue(Reply.json(401, error.formatted("1").replace("invalid_request", "authentication")));
        assertThatOnlyTheNameIsTold(failure(unary(PROMPT)).error().extras());

        sim.enqueue(Reply.json(400, error.formatted("1")));
        assertThat(failure(unary(PROMPT)).error().extras().members()).containsOnlyKeys("more");
    }

    private static void assertThatOnlyTheNameIsTold(ErrorExtras extras) {
        assertThat(extras.texts()).containsExactly("error.more");
        for (Dialect caller : Dialect.values()) {
            assertThat(extras.lostFor(caller)).containsExactly("error.more");
        }
    }

    @Test
    void neverRepeatsATenantsKeyInAMessage() {
        String own = "key-of-a-tenant-0123456789";
        ProviderCall call = TestCalls.withKey(TestCalls.request("sim-large", PROMPT), own);
        for (int status : new int[] {400, 403, 500}) {
            sim.enqueue(new Reply.Failure(status, Map.of(), "your key " + own + " is not to my taste"));

            assertThat(failure(call)).hasMessageNotContaining(own);
        }
        sim.enqueue(new Reply.Failure(401, Map.of(), "unknown key " + own));
        assertThat(failure(call))
                .hasMessage("provider \"upstream\" refused the key that the gateway has for it from this tenant");
    }

    @Test
    void refusesATenantsKeyThatNoHeaderCanCarry() {
        String own = "key-of-a-tenant\u2026";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.open(TestCalls.withKey(TestCalls.request("sim-large", PROMPT), own)))
                .withMessageNotContaining(own)
                .withMessageContaining("characters that a key cannot have");
    }

    static Stream<Arguments> brokenAnswers() {
        return Stream.of(
                broken(new Fault.ResetBeforeHeaders(), Phase.CONNECT),
                broken(new Fault.ResetInBody(), Phase.BROKEN_OFF),
                broken(new Fault.Html(), Phase.NO_ANSWER),
                broken(new Fault.EmptyBody(), Phase.NO_ANSWER),
                broken(new Fault.TruncatedJson(), Phase.MALFORMED),
                broken(new Fault.Garbage(), Phase.NO_ANSWER));
    }

    static Stream<Arguments> brokenStreams() {
        return Stream.of(
                broken(new Fault.ResetBeforeHeaders(), Phase.CONNECT),
                broken(new Fault.ResetMidStream(3), Phase.BROKEN_OFF),
                broken(new Fault.CloseMidStream(3), Phase.BROKEN_OFF),
                broken(new Fault.NoTerminator(3), Phase.BROKEN_OFF),
                broken(new Fault.InvalidJsonEvent(3), Phase.MALFORMED),
                broken(new Fault.ErrorEvent(3), Phase.REPORTED),
                broken(new Fault.Html(), Phase.NO_ANSWER),
                broken(new Fault.EmptyBody(), Phase.NO_ANSWER),
                broken(new Fault.Garbage(), Phase.NO_ANSWER));
    }

    private static Arguments broken(Fault fault, Phase phase) {
        return Arguments.of(fault, phase);
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void tellsHowAnAnswerBroke(Fault fault, Phase phase) {
        sim.enqueue(fault.asReply());

        assertThat(failure(unary(PROMPT)).phase()).isEqualTo(phase);
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void neverEndsABrokenStreamAsIfItWereComplete(Fault fault, Phase phase) {
        sim.enqueue(fault.asReply());

        assertThat(failure(streaming(PROMPT)).phase()).isEqualTo(phase);
    }

    @Test
    void tellsWhatWasWrongWithoutSayingItTwice() {
        sim.enqueue(new Fault.NoTerminator(3).asReply(), new Fault.InvalidJsonEvent(3).asReply());
        sim.enqueue(new Fault.TruncatedJson().asReply());

        assertThat(failure(streaming(PROMPT)).getMessage())
                .matches("provider \"\\w+\" broke off inside its answer: the stream ended without"
                        + " (a finish_reason|message_stop|response\\.completed)");
        assertThat(failure(streaming(PROMPT)).getMessage())
                .matches("provider \"\\w+\" sent an event that cannot be read: not valid JSON at line 1, .*");
        assertThat(failure(unary(PROMPT)).getMessage())
                .matches("provider \"\\w+\" answered with something that is no answer: not valid JSON at line 1, .*");
    }

    @Test
    void givesUpOnHeadersWithoutEnd() throws InterruptedException {
        sim.enqueue(new Fault.EndlessHeaders().asReply());

        assertThat(failure(unary(PROMPT)).mayFailOver()).isTrue();
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void givesUpOnALineWithoutEnd(boolean stream) throws InterruptedException {
        provider.close();
        provider = builder().maxAnswerBytes(1_000_000).build();
        sim.enqueue(new Fault.EndlessLine().asReply());

        assertThat(failure(stream ? streaming(PROMPT) : unary(PROMPT)).phase()).isEqualTo(Phase.MALFORMED);
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void readsNoMoreOfAnErrorThanItNeeds() {
        sim.enqueue(new Reply.Json(500, Map.of(), "x".repeat(5_000_000)));

        assertThat(failure(unary(PROMPT)).error().kind()).isEqualTo(Kind.SERVER);
    }

    @Test
    void tellsThatNobodyListens() {
        sim.close();

        assertThat(failure(unary(PROMPT)).phase()).isEqualTo(Phase.CONNECT);
    }

    @Test
    void leavesAtOnceWhenCancelledBeforeTheAnswer() throws Exception {
        sim.enqueue(new Fault.StallBeforeFirstByte().asReply());
        ProviderCall call = unary(PROMPT);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> thrown.set(catchFailure(call)));
        sim.awaitRequest(PATIENCE);

        GatewayException reason = new GatewayException.TimedOut("too slow", false);
        call.cancellation().cancel(reason);
        caller.join();

        assertThat(thrown.get()).isSameAs(reason);
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void leavesAtOnceWhenCancelledInsideAStream() throws Exception {
        sim.enqueue(new Fault.StallMidStream(3).asReply());
        ProviderCall call = streaming(PROMPT);
        ChatStream stream = provider.open(call);
        stream.next();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> thrown.set(catchFailure(() -> drain(stream))));

        GatewayException reason = new GatewayException.Cancelled("the caller left");
        call.cancellation().cancel(reason);
        reader.join();

        assertThat(thrown.get()).isSameAs(reason);
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void leavesAtOnceWhenTheStreamIsClosed() throws Exception {
        sim.enqueue(new Fault.StallMidStream(3).asReply());
        ChatStream stream = provider.open(streaming(PROMPT));
        stream.next();

        stream.close();

        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void leavesWhenAnotherThreadClosesTheStream() throws Exception {
        sim.enqueue(new Fault.StallMidStream(3).asReply());
        ChatStream stream = provider.open(streaming(PROMPT));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = Thread.ofVirtual()
                .start(() -> thrown.set(catchFailure(() -> {
                    while (stream.next() != null) {
                        Thread.onSpinWait();
                    }
                })));

        stream.close();
        reader.join();

        assertThat(thrown.get()).isInstanceOf(GatewayException.Cancelled.class);
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void sendsNothingForACancelledCall() {
        ProviderCall call = unary(PROMPT);
        GatewayException reason = new GatewayException.Cancelled("never mind");
        call.cancellation().cancel(reason);

        assertThat(catchFailure(call)).isSameAs(reason);
        assertThat(sim.requestCount()).isZero();
    }

    @Test
    void endsRunningCallsWhenClosed() throws Exception {
        sim.enqueue(new Fault.StallMidStream(3).asReply());
        ChatStream stream = provider.open(streaming(PROMPT));

        provider.close();

        assertThat(catchFailure(() -> drain(stream))).isInstanceOf(GatewayException.Cancelled.class);
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    @Test
    void servesRunningCallsToTheirEndWhenItIsToCloseThen() {
        ChatStream stream = provider.open(streaming("sim-slow one two three four"));

        provider.closeWhenIdle();

        assertThat(stream.collect().text()).contains("four");
    }

    private ProviderFailed failure(ProviderCall call) {
        Throwable thrown = catchFailure(call);
        assertThat(thrown).isInstanceOf(ProviderFailed.class);
        return (ProviderFailed) thrown;
    }

    private Throwable catchFailure(ProviderCall call) {
        return catchFailure(() -> drain(provider.open(call)));
    }

    private static Throwable catchFailure(Runnable action) {
        return assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(action::run)
                .actual();
    }
}
