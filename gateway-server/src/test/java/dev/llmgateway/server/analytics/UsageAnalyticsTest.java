package dev.llmgateway.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The parts of what is told are the whole of it. */
class UsageAnalyticsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Calls calls = new Calls();

    private JsonNode ask(String... parameters) {
        return ask(calls, parameters);
    }

    private static JsonNode ask(Calls calls, String... parameters) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=", 2);
            given.put(parts[0], List.of(parts[1]));
        }
        return Json.parse(new UsageAnalytics(calls.store, InstantSource.fixed(NOW)).json(given));
    }

    private static long requests(JsonNode of) {
        return of.get("requests").longValue();
    }

    @Test
    void tellsOfTheLastDayInHoursUnlessToldOtherwise() {
        calls.add(Calls.at("2026-11-22T12:00:00Z"), Calls.at("2026-11-21T12:30:00Z"), Calls.at("2026-11-21T11:00:00Z"));

        JsonNode answer = ask();

        assertThat(answer.get("bucket").stringValue()).isEqualTo("hour");
        assertThat(answer.get("tz").stringValue()).isEqualTo("UTC");
        assertThat(answer.get("from").stringValue()).isEqualTo("2026-11-21T12:00:00.000001Z");
        assertThat(answer.get("to").stringValue()).isEqualTo("2026-11-22T12:00:00.000001Z");
        assertThat(requests(answer.get("summary"))).isEqualTo(2);
        assertThat(answer.get("buckets").size()).isEqualTo(25);
        assertThat(answer.get("persistent").booleanValue()).isFalse();
    }

    @Test
    void bucketsWithoutCallsAreThereWithZeros() {
        calls.add(Calls.at("2026-11-22T10:30:00Z"));

        JsonNode buckets = ask("from=2026-11-22T09:00:00Z", "to=2026-11-22T12:00:00Z", "bucket=hour")
                .get("buckets");

        assertThat(buckets.valueStream().map(UsageAnalyticsTest::requests)).containsExactly(0L, 1L, 0L);
        assertThat(buckets.get(0).get("begin").stringValue()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(buckets.get(0).get("end").stringValue()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(buckets.get(0).get("latency_p95_ms").longValue()).isZero();
        assertThat(buckets.get(0).get("success_rate").isNull()).isTrue();
        assertThat(buckets.get(1).get("success_rate").doubleValue()).isEqualTo(1);
    }

    @Test
    void callsThatTheirClientsLeftHaveNoRate() {
        calls.add(Calls.at(NOW).failed(499, "cancelled"));

        JsonNode summary = ask().get("summary");

        assertThat(summary.get("aborted").longValue()).isEqualTo(1);
        assertThat(summary.get("success_rate").isNull()).isTrue();
    }

    @Test
    void theSummaryHasTokensCostAndPercentiles() {
        calls.add(
                Calls.at("2026-11-22T10:30:00Z"),
                Calls.at("2026-11-22T10:31:00Z").failed(502, "provider_server"));

        JsonNode summary = ask().get("summary");

        assertThat(summary.get("success_rate").doubleValue()).isEqualTo(0.5);
        assertThat(summary.get("input_tokens").longValue()).isEqualTo(20);
        assertThat(summary.get("output_tokens").longValue()).isEqualTo(10);
        assertThat(summary.get("cost_usd").doubleValue()).isEqualTo(0.5, Offset.offset(1e-9));
        assertThat(summary.get("latency_p50_ms").longValue()).isEqualTo(100);
        assertThat(summary.get("latency_p95_ms").longValue()).isEqualTo(100);
    }

    @Test
    void allBeginsWithTheFirstCall() {
        calls.add(Calls.at("2026-08-01T10:30:00Z"), Calls.at("2026-11-22T10:31:00Z"));

        JsonNode answer = ask("period=all");

        assertThat(answer.get("from").stringValue()).isEqualTo("2026-08-01T10:30:00Z");
        assertThat(answer.get("bucket").stringValue()).isEqualTo("week");
        assertThat(requests(answer.get("summary"))).isEqualTo(2);
        assertThat(requests(ask("period=30d").get("summary"))).isEqualTo(1);
    }

    @Test
    void allOfNothingIsADayOfZeros() {
        JsonNode answer = ask("period=all");

        assertThat(answer.get("buckets").size()).isEqualTo(25);
        assertThat(requests(answer.get("summary"))).isZero();
    }

    @Test
    void splitsShowTheTopAndAllOthersAsOne() {
        Instant at = Instant.parse("2026-11-22T11:30:00Z");
        calls.add(
                Calls.at(at).served("a", "m1"),
                Calls.at(at).served("a", "m1"),
                Calls.at(at).served("a", "m1"));
        calls.add(
                Calls.at(at).served("b", "m2"),
                Calls.at(at).served("b", "m2"),
                Calls.at(at).unserved());

        JsonNode models = ask("top=1").get("models");

        assertThat(models.get("shown").size()).isEqualTo(1);
        JsonNode top = models.get("shown").get(0);
        assertThat(top.get("model").stringValue()).isEqualTo("m1");
        assertThat(requests(top)).isEqualTo(3);
        assertThat(sum(top.get("series").get("requests"))).isEqualTo(3);
        assertThat(models.get("others").get("values").intValue()).isEqualTo(2);
        assertThat(requests(models.get("others"))).isEqualTo(3);
        assertThat(sum(models.get("others").get("series").get("requests"))).isEqualTo(3);
        assertThat(ask().get("models").get("shown").get(2).get("model").isNull())
                .isTrue();
        assertThat(ask().get("models").get("others").isNull()).isTrue();
    }

    @Test
    void othersAndTheirSeriesAgreeHoweverManyTheyAre() {
        for (int i = 0; i < 10_500; i++) {
            calls.add(Calls.at(NOW).of("project-" + i));
        }

        JsonNode others = ask("top=2").get("projects").get("others");

        assertThat(requests(others)).isEqualTo(10_498);
        assertThat(sum(others.get("series").get("requests"))).isEqualTo(10_498);
        assertThat(others.get("values").isNull()).isTrue();
    }

    @Test
    void callsWithoutAProjectAreNotAmongTheOthers() {
        calls.add(
                Calls.at(NOW).of(null), Calls.at(NOW).of("moon"), Calls.at(NOW).of("moon"));

        JsonNode shown = ask().get("projects").get("shown");

        assertThat(sum(shown.get(1).get("series").get("requests"))).isEqualTo(1);
        assertThat(shown.get(1).get("project").isNull()).isTrue();
    }

    @Test
    void filtersHoldForAllParts() {
        calls.add(
                Calls.at(NOW).by("100%"),
                Calls.at(NOW).by("100_"),
                Calls.at(NOW).by("1000"));

        JsonNode answer = ask("source=100%");

        assertThat(requests(answer.get("summary"))).isEqualTo(1);
        assertThat(requests(answer.get("models").get("shown").get(0))).isEqualTo(1);
        JsonNode nothing = ask("source=%").get("summary");
        assertThat(requests(nothing)).isZero();
        assertThat(nothing.get("success_rate").isNull()).isTrue();
    }

    private static long sum(JsonNode numbers) {
        return numbers.valueStream().mapToLong(JsonNode::longValue).sum();
    }

    @Test
    void badParametersNameThemselvesAndTheRange() {
        assertBad("bucket: must be one of minute, hour, day, week, month, auto", "bucket=fortnight");
        assertBad("bucket: must be longer than a minute", "bucket=minute", "period=30d");
        assertBad("tz: must be a time zone as the IANA database names it", "tz=Mars/Base");
        assertBad("tz: must be", "tz=+01:00");
        assertBad("period: must be one of 24h, 7d, 30d, all", "period=1y");
        assertBad("period: must not be given together", "period=7d", "from=2026-11-22T00:00:00Z");
        assertBad("from: must be before \"to\"", "from=2026-11-22T00:00:00Z", "to=2026-11-22T00:00:00Z");
        assertBad("from: must be before now", "from=2026-11-23T00:00:00Z");
        assertBad("from: must be a moment", "from=+12026-11-23T00:00:00Z");
        assertBad("from: must be a moment", "from=0000-11-23T00:00:00Z");
        assertBad("to: must be a moment", "to=1764000000");
        assertBad("top: must be a whole number from 1 to 50", "top=51");
        assertBad("table: is for answers as CSV", "table=models");
        assertBad("query: has a parameter that is not known", "limit=5");
        assertBad("model: must have from 1 to 512 characters", "model=");
        assertBad("model: must not have control characters", "model=a\u0000b");
    }

    private void assertBad(String sentence, String... parameters) {
        assertThatThrownBy(() -> ask(parameters)).hasMessageContaining(sentence);
    }

    /** Whatever the calls, the period, the bucket and the zone are. */
    @Property(tries = 200)
    void everyPartSumsToTheWhole(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 8_000_000) Long> seconds,
            @ForAll @LongRange(min = 0, max = 8_000_000) long one,
            @ForAll @LongRange(min = 0, max = 8_000_000) long other,
            @ForAll Bucket bucket,
            @ForAll Zone zone) {
        Instant base = Instant.parse("2026-02-20T00:00:00Z");
        long span = bucket == Bucket.MINUTE ? 60_000 : bucket == Bucket.HOUR ? 5_000_000 : 8_000_000;
        Instant from = base.plusSeconds(Math.min(one, other));
        Instant to = from.plusSeconds(Math.min(span, Math.abs(one - other)) + 1);
        Calls some = new Calls();
        List<Instant> moments =
                new ArrayList<>(seconds.stream().map(base::plusSeconds).toList());
        moments.addAll(List.of(from, to, to.minusNanos(1_000), from.minusNanos(1_000)));
        moments.forEach(at -> some.add(Calls.at(at)
                .served("p" + at.getEpochSecond() % 3, "m" + at.getEpochSecond() % 7)
                .of(null)));
        long expected = moments.stream()
                .filter(at -> !at.isBefore(from) && at.isBefore(to))
                .count();

        JsonNode answer = ask(some, "from=" + from, "to=" + to, "bucket=" + bucket.word(), "tz=" + zone.id, "top=2");

        assertThat(requests(answer.get("summary"))).isEqualTo(expected);
        assertThat(answer.get("buckets")
                        .valueStream()
                        .mapToLong(UsageAnalyticsTest::requests)
                        .sum())
                .isEqualTo(expected);
        for (String split : List.of("models", "providers", "projects")) {
            assertSplit(answer.get(split), expected, answer.get("buckets").size());
        }
    }

    private static void assertSplit(JsonNode split, long expected, int buckets) {
        List<JsonNode> parts = new ArrayList<>(split.get("shown").valueStream().toList());
        if (!split.get("others").isNull()) {
            parts.add(split.get("others"));
        }
        assertThat(parts.stream().mapToLong(UsageAnalyticsTest::requests).sum()).isEqualTo(expected);
        for (JsonNode part : parts) {
            assertThat(part.get("series").get("requests").size()).isEqualTo(buckets);
            assertThat(sum(part.get("series").get("requests"))).isEqualTo(requests(part));
        }
    }

    /** Zones that are unlike each other. */
    enum Zone {
        UTC("UTC"),
        BERLIN("Europe/Berlin"),
        NEW_YORK("America/New_York"),
        LORD_HOWE("Australia/Lord_Howe"),
        KATHMANDU("Asia/Kathmandu"),
        AZORES("Atlantic/Azores");

        private final String id;

        Zone(String id) {
            this.id = id;
        }
    }
}
