package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorMappingTest {

    @Test
    void everyFailureHasItsStatusAndKind() {
        assertAnswer(new GatewayException.InvalidRequest("n", "no"), 400, Kind.INVALID_REQUEST);
        assertAnswer(new GatewayException.Unauthenticated("no"), 401, Kind.AUTHENTICATION);
        assertAnswer(new GatewayException.BudgetExceeded("no"), 402, Kind.BILLING);
        assertAnswer(new GatewayException.Forbidden("no"), 403, Kind.PERMISSION);
        assertAnswer(new GatewayException.BlockedByCompliance("no"), 403, Kind.PERMISSION);
        assertAnswer(new GatewayException.ModelNotFound("no"), 404, Kind.NOT_FOUND);
        assertAnswer(GatewayException.ModelNotFound.retired("no", null), 410, Kind.NOT_FOUND);
        assertAnswer(new GatewayException.TooLarge("no", 0), 413, Kind.CONTEXT_WINDOW);
        assertAnswer(new GatewayException.IdempotencyKeyReused("no"), 422, Kind.INVALID_REQUEST);
        assertAnswer(
                new GatewayException.RateLimited("no", Limit.TOKENS_PER_MINUTE, Duration.ZERO), 429, Kind.RATE_LIMIT);
        assertAnswer(new GatewayException.Cancelled("no"), 499, Kind.SERVER);
        assertAnswer(GatewayException.of(new IllegalStateException("no")), 500, Kind.SERVER);
        assertAnswer(
                new GatewayException.Unavailable("no", TargetState.Cause.CIRCUIT_OPEN, Duration.ZERO),
                503,
                Kind.OVERLOADED);
        assertAnswer(new GatewayException.TimedOut("no", true), 504, Kind.TIMEOUT);
        assertAnswer(new InvalidRequestFormatException("messages", "no"), 400, Kind.INVALID_REQUEST);
    }

    private static void assertAnswer(RuntimeException thrown, int status, Kind kind) {
        WireError error = ErrorMapping.of(thrown).error();
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.kind()).isEqualTo(kind);
    }

    @Test
    void waitsAreToldInWholeSeconds() {
        assertThat(ErrorMapping.of(new GatewayException.RateLimited(
                                "no", Limit.TOKENS_PER_MINUTE, Duration.ofMillis(1_200)))
                        .headers())
                .containsEntry("retry-after", "2");
        assertThat(ErrorMapping.of(new GatewayException.Unavailable(
                                "no", TargetState.Cause.CIRCUIT_OPEN, Duration.ofMillis(1)))
                        .headers())
                .containsEntry("retry-after", "1")
                .containsEntry("x-gateway-circuit", "open");
    }

    @Test
    void onlyACallThatTookAllItsTimeOrWasRepeatedIsNotToBeTriedAgain() {
        WireError overloaded = new WireError(529, Kind.OVERLOADED, "busy", null, null);
        GatewayException.ProviderFailed failed = new GatewayException.ProviderFailed(
                "anthropic", GatewayException.ProviderFailed.Phase.STATUS, overloaded, Duration.ofSeconds(3), null);
        assertThat(ErrorMapping.of(failed).error()).isEqualTo(overloaded);
        assertThat(ErrorMapping.of(failed).headers())
                .doesNotContainKey("x-should-retry")
                .containsEntry("retry-after", "3");
        assertThat(ErrorMapping.of(failed.afterRetries()).headers())
                .containsEntry("x-should-retry", "false")
                .containsEntry("retry-after", "3");
        assertThat(ErrorMapping.of(new GatewayException.TimedOut("late", true)).headers())
                .containsEntry("x-should-retry", "false");
        assertThat(ErrorMapping.of(new GatewayException.RateLimited("no", Limit.TOKENS_PER_MINUTE, Duration.ZERO))
                        .headers())
                .doesNotContainKey("x-should-retry");
    }

    @Test
    void theLargestWindowIsTold() {
        assertThat(ErrorMapping.of(new GatewayException.TooLarge("no", 200_000)).headers())
                .containsEntry("x-context-window-limit", "200000");
    }

    @Test
    void onlyDefectsOfOursAreLogged() {
        assertThat(ErrorMapping.isDefect(new IllegalStateException("bug"))).isTrue();
        assertThat(ErrorMapping.isDefect(new InvalidRequestFormatException(null, "no")))
                .isFalse();
        assertThat(ErrorMapping.isDefect(HttpRefusal.bodyTooLarge(1))).isFalse();
        assertThat(ErrorMapping.isDefect(new GatewayException.TimedOut("no", true)))
                .isFalse();
    }

    @Test
    void aDefectIsNotShownToTheClient() {
        assertThat(ErrorMapping.of(new IllegalStateException("secret")).error().message())
                .doesNotContain("secret");
    }

    @Test
    void headersCannotBeForged() {
        assertThat(HeaderText.of("a\r\nx-evil: 1\u00e9")).isEqualTo("a??x-evil: 1?");
        assertThat(HeaderText.of("gpt-4o")).isEqualTo("gpt-4o");
        assertThat(HeaderText.of("x".repeat(5_000))).hasSize(2_000);
        assertThat(HeaderText.of("\n".repeat(5_000))).isEqualTo("?".repeat(2_000));
    }

    @Test
    void aListOfNamesCanBeReadBack() {
        List<String> names = List.of("seed", "a, b", "gr\u00f6\u00dfe", "50%", "x\r\ny", "tools[0].\ud83d\ude00");

        String header = HeaderText.list(names);

        assertThat(header).isEqualTo("seed, a%2C%20b, gr%C3%B6%C3%9Fe, 50%25, x%0D%0Ay, tools[0].%F0%9F%98%80");
        assertThat(Stream.of(header.split(", ")).map(it -> URLDecoder.decode(it, StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(names);
    }

    @Test
    void whatIsCutOfAListIsMarkedAndCounted() {
        List<String> names =
                IntStream.range(1_000, 2_000).mapToObj(i -> "member_" + i).toList();

        String header = HeaderText.list(names);

        String[] shown = header.split(", ");
        assertThat(header).hasSizeLessThanOrEqualTo(2_000);
        assertThat(shown[shown.length - 1]).isEqualTo("...+" + (1_000 - (shown.length - 1)));
        assertThat(shown[shown.length - 2]).isEqualTo(names.get(shown.length - 2));
        assertThat(HeaderText.list(List.of("\n".repeat(5_000), "seed")))
                .hasSizeLessThan(300)
                .endsWith("%0A..., seed");
    }

    @Test
    void aNameIsCutBetweenTwoCharacters() {
        for (String character : List.of("\u65e5", "\ud83d\ude00", "\u00e9", "x")) {
            for (String before : List.of("", "a", "aa")) {
                String header = HeaderText.list(List.of(before + character.repeat(300)));

                String cut = header.substring(0, header.length() - "...".length());
                assertThat(header).endsWith("...").hasSizeLessThanOrEqualTo(203);
                assertThat(before + character.repeat(300)).startsWith(URLDecoder.decode(cut, StandardCharsets.UTF_8));
            }
        }
        assertThat(HeaderText.list(List.of("x".repeat(200)))).isEqualTo("x".repeat(200));
    }
}
