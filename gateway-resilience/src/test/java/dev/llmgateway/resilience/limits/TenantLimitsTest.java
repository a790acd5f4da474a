package dev.llmgateway.resilience.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.RateLimited;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tenants may ask for, on the test's own ticks, which wrap around inside every test. */
final class TenantLimitsTest {

    private static final Duration MINUTE = Duration.ofSeconds(61);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());
    private final List<RateLimits> told = new ArrayList<>();
    private Limits limits = new Limits(3, 10_000, 5, 2);
    private TenantLimits stage = TenantLimits.of(tenant -> limits, 100, now::get);

    /** An answer that is read from these events and then ends, or breaks off. */
    private static final class Events implements ChatStream {
        private final Iterator<ChatEvent> events;
        private final boolean breaksOff;

        Events(boolean breaksOff, ChatEvent... events) {
            this.events = List.of(events).iterator();
            this.breaksOff = breaksOff;
        }

        @Override
        public @Nullable ChatEvent next() {
            if (events.hasNext()) {
                return events.next();
            }
            if (breaksOff) {
                throw new GatewayException.InvalidRequest(null, "broke off");
            }
            return null;
        }

        @Override
        public void close() {}
    }

    private Exchange call(String tenant, @Nullable Integer output) {
        GatewayListener listener = new GatewayListener() {
            @Override
            public void limited(Exchange exchange, RateLimits left) {
                told.add(left);
            }
        };
        ChatRequest request =
                ChatRequest.builder("m").user("hi").maxOutputTokens(output).build();
        CallOptions options =
                CallOptions.builder().caller(Caller.tenant(tenant)).build();
        return new Exchange("req_1", request, options, listener, null, null, now.get(), now.get() + 1_000);
    }

    private ChatStream open(String tenant, @Nullable Integer output, Handler next) {
        return stage.intercept(call(tenant, output), next);
    }

    private ChatStream open(String tenant) {
        return open(tenant, 10, exchange -> new Events(false, used(5, 5)));
    }

    private static ChatEvent used(long input, long output) {
        return new ChatEvent.UsageReported(Usage.of(input, output), Wire.NONE);
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, 0, text, Wire.NONE);
    }

    private static void readAll(ChatStream stream) {
        for (ChatEvent event : stream) {
            assertThat(event).isNotNull();
        }
    }

    private RateLimited refused(String tenant) {
        return catchThrowableOfType(RateLimited.class, () -> open(tenant));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** What the tenant's next call is told of its tokens, before it takes its own. */
    private long tokensUsed(String tenant) {
        limits = new Limits(100, 10_000, 100, 100);
        open(tenant, 0, exchange -> new Events(false, used(0, 0))).close();
        RateLimits.Window tokens = told.getLast().tokens();
        assertThat(tokens).isNotNull();
        return tokens.limit() - tokens.remaining() - prompt();
    }

    private long prompt() {
        return PromptEstimate.of(call("a", 0).request()).tokens();
    }

    @Test
    void refusesTheRequestBeyondThoseOfAMinuteAndLetsTheNextMinuteIn() {
        for (int i = 0; i < 3; i++) {
            open("a").close();
        }
        RateLimited refusal = refused("a");
        assertThat(refusal.limit()).isEqualTo(Limit.REQUESTS_PER_MINUTE);
        assertThat(refusal)
                .hasMessage("the limit of 3 requests per minute (rpm) of tenant \"a\" is reached; try again in 61 s");
        assertThat(refusal.retryAfter()).isEqualTo(MINUTE);

        pass(MINUTE);
        open("a").close();
    }

    @Test
    void refusesTheRequestBeyondThoseOfADay() {
        for (int i = 0; i < 5; i++) {
            open("a").close();
            pass(MINUTE);
        }
        RateLimited refusal = refused("a");
        assertThat(refusal.limit()).isEqualTo(Limit.REQUESTS_PER_DAY);
        assertThat(refusal.retryAfter())
                .isBetween(Duration.ofHours(23), Duration.ofHours(24).plusMinutes(10));
    }

    @Test
    void refusesMoreAtATimeThanAllowedUntilOneEnds() {
        ChatStream first = open("a");
        ChatStream second = open("a");
        assertThat(refused("a").limit()).isEqualTo(Limit.CONCURRENT_REQUESTS);

        first.close();
        second.close();
        open("a").close();
    }

    @Test
    void aRefusedCallTakesNothing() {
        ChatStream first = open("a");
        open("a");
        for (int i = 0; i < 10; i++) {
            refused("a");
        }
        first.close();

        open("a").close();
        assertThat(refused("a").limit()).isEqualTo(Limit.REQUESTS_PER_MINUTE);
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        for (int i = 0; i < 3; i++) {
            open("a").close();
        }
        assertThat(refused("a")).isNotNull();
        open("b").close();
    }

    @Test
    void releasesItsPlaceOnceHoweverTheCallEnds() {
        for (int i = 0; i < 20; i++) {
            limits = new Limits(1_000, 1_000_000, 1_000, 1);
            assertThatThrownBy(() -> open("a", 10, exchange -> {
                        throw new GatewayException.InvalidRequest(null, "no");
                    }))
                    .hasMessage("no");
            assertThatThrownBy(() -> open("a", 10, exchange -> {
                        throw new AssertionError("a defect");
                    }))
                    .hasMessage("a defect");
            ChatStream broken = open("a", 10, exchange -> new Events(true));
            assertThatThrownBy(broken::next).hasMessage("broke off");
            broken.close();
            ChatStream ended = open("a");
            readAll(ended);
            ended.close();
            ChatStream left = open("a");
            left.close();
            left.close();
        }
        ChatStream last = open("a");
        assertThat(refused("a").limit()).isEqualTo(Limit.CONCURRENT_REQUESTS);
        last.close();
    }

    @Test
    void setsTheEstimateAsideAndSettlesWithWhatWasUsed() {
        ChatStream running = open("a", 9_900, exchange -> new Events(false, used(40, 2)));
        RateLimited refusal =
                catchThrowableOfType(RateLimited.class, () -> open("a", 200, exchange -> new Events(false)));
        assertThat(refusal.limit()).isEqualTo(Limit.TOKENS_PER_MINUTE);

        readAll(running);
        assertThat(tokensUsed("a")).isEqualTo(42);
    }

    @Test
    void countsWhatWasUsedBeyondTheEstimateToo() {
        readAll(open("a", 1, exchange -> new Events(false, used(6_000, 1_000))));
        assertThat(tokensUsed("a")).isEqualTo(7_000);
    }

    @Test
    void givesTheTokensOfAFailedCallBackButStillCountsIt() {
        assertThatThrownBy(() -> open("a", 5_000, exchange -> {
                    throw new GatewayException.TimedOut("too slow", false);
                }))
                .hasMessage("too slow");
        assertThat(tokensUsed("a")).isZero();
        limits = new Limits(2, 10_000, 5, 2);
        assertThat(refused("a").limit()).isEqualTo(Limit.REQUESTS_PER_MINUTE);
    }

    @Test
    void aCallerWhoLeavesBeforeTheAnswerHasUsedThePrompt() {
        assertThatThrownBy(() -> open("a", 5_000, exchange -> {
                    throw new GatewayException.Cancelled("left");
                }))
                .hasMessage("left");
        assertThat(tokensUsed("a")).isEqualTo(prompt());
    }

    @Test
    void aCallThatLetItsOwnTimeRunOutHasUsedThePrompt() {
        assertThatThrownBy(() -> open("a", 5_000, exchange -> {
                    throw new GatewayException.TimedOut("the time is up", true);
                }))
                .hasMessage("the time is up");
        assertThat(tokensUsed("a")).isEqualTo(prompt());
    }

    @Test
    void estimatesWhatWasReadOfAStreamThatWasLeft() {
        ChatStream stream =
                open("a", 5_000, exchange -> new Events(false, text("seven words that were read"), text("not read")));
        stream.next();
        stream.close();
        assertThat(tokensUsed("a")).isEqualTo(prompt() + TokenEstimator.estimate("seven words that were read"));
    }

    @Test
    void estimatesTheOutputOfABrokenStreamThatToldItsPromptOnly() {
        ChatStream stream = open("a", 5_000, exchange -> new Events(true, used(700, 1), text("some words of it")));
        stream.next();
        stream.next();
        assertThatThrownBy(stream::next).hasMessage("broke off");
        assertThat(tokensUsed("a")).isEqualTo(700 + TokenEstimator.estimate("some words of it"));
    }

    @Test
    void estimatesACompleteAnswerWhoseUsageNobodyTold() {
        readAll(open("a", 5_000, exchange -> new Events(false, text("complete"))));
        assertThat(tokensUsed("a")).isEqualTo(prompt() + TokenEstimator.estimate("complete"));
    }

    @Test
    void estimatesALongAnswerByItsBeginning() {
        String words = "some words of a long answer, ".repeat(100);
        ChatEvent[] events = new ChatEvent[20];
        Arrays.fill(events, text(words));
        readAll(open("a", 5_000, exchange -> new Events(false, events)));

        limits = new Limits(100, 100_000, 100, 100);
        open("a", 0, exchange -> new Events(false)).close();
        RateLimits.Window tokens = told.getLast().tokens();
        assertThat(tokens).isNotNull();
        assertThat(tokens.limit() - tokens.remaining())
                .isCloseTo(20 * TokenEstimator.estimate(words), Percentage.withPercentage(3));
    }

    @Test
    void anOutputLimitLargerThanAWholeMinuteWaitsForAFreeMinuteAlone() {
        readAll(open("a", 1_000_000, exchange -> new Events(false, used(1, 1))));
        assertThat(catchThrowableOfType(RateLimited.class, () -> open("a", 1_000_000, exchange -> new Events(false)))
                        .limit())
                .isEqualTo(Limit.TOKENS_PER_MINUTE);
        pass(MINUTE);
        open("a", 1_000_000, exchange -> new Events(false)).close();
    }

    @Test
    void aPromptLargerThanAWholeMinuteIsRefusedForGood() {
        limits = new Limits(3, 2, 5, 2);
        assertThatThrownBy(() -> open("a"))
                .isInstanceOf(GatewayException.TooLarge.class)
                .hasMessageContaining("more than the 2 that this tenant may use in a whole minute (tpm)");
        assertThat(told).hasSize(1);
    }

    @Test
    void tellsWhatIsLeft() {
        open("a", 100, exchange -> new Events(false, used(5, 5))).close();

        RateLimits left = told.getLast();
        assertThat(left.requests()).isEqualTo(new RateLimits.Window(3, 2, MINUTE));
        assertThat(left.tokens()).isEqualTo(new RateLimits.Window(10_000, 9_900 - prompt(), MINUTE));
    }

    @Test
    void tellsOfTheDayWhenLessIsLeftOfItThanOfTheMinute() {
        for (int i = 0; i < 4; i++) {
            open("a").close();
            pass(MINUTE);
        }
        open("a").close();
        RateLimits.Window requests = told.getLast().requests();
        assertThat(requests).isNotNull();
        assertThat(requests.limit()).isEqualTo(5);
        assertThat(requests.remaining()).isZero();
    }

    @Test
    void carriesTheEstimateAlong() {
        open("a", 10, exchange -> {
                    assertThat(exchange.prompt()).isNotNull();
                    return new Events(false);
                })
                .close();
    }

    @Test
    void otherLimitsHoldFromTheNextCallOn() {
        open("a").close();
        limits = new Limits(1, 10_000, 5, 2);
        assertThat(refused("a").limit()).isEqualTo(Limit.REQUESTS_PER_MINUTE);
        limits = new Limits(2, 10_000, 5, 2);
        open("a").close();
    }

    @Test
    void forgetsTenantsThatWereSilentForADay() {
        for (int i = 0; i < 50; i++) {
            open("tenant-" + i).close();
        }
        assertThat(stage.knownTenants()).isEqualTo(50);
        pass(Duration.ofHours(25));
        open("another").close();
        assertThat(stage.knownTenants()).isEqualTo(1);
    }

    @Test
    void newcomersShareOneCountWhileTheTableIsFull() {
        for (int i = 0; i < 100; i++) {
            open("tenant-" + i).close();
        }
        open("x").close();
        open("y").close();
        open("z").close();
        assertThat(refused("x")).isNotNull();
        assertThat(refused("w")).isNotNull();
        open("tenant-7").close();
        assertThat(stage.knownTenants()).isEqualTo(100);
    }

    @Test
    void whoFindsRoomAgainTakesAlongWhatItMayHaveUsed() {
        limits = new Limits(100, 10_000, 5, 2);
        stage = TenantLimits.of(tenant -> limits, 1, now::get);
        open("first").close();
        pass(Duration.ofHours(24));
        for (int i = 0; i < 5; i++) {
            open("late").close();
        }
        pass(Duration.ofMinutes(11));
        assertThat(refused("late").limit()).isEqualTo(Limit.REQUESTS_PER_DAY);
        assertThat(stage.knownTenants()).isEqualTo(1);
    }

    @Test
    void refusesLimitsOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(0, 1, 1, 1))
                .withMessage("requests per minute is 0: a limit must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1, 1, 1, -1))
                .withMessageContaining("concurrent requests is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantLimits.of(tenant -> limits, 0, now::get))
                .withMessageContaining("number of tenants is 0");
    }
}
