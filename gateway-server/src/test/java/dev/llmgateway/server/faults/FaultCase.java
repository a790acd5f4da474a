package dev.llmgateway.server.faults;

import dev.llmgateway.server.faults.Expected.Answers;
import dev.llmgateway.server.faults.Expected.BreaksOff;
import dev.llmgateway.server.faults.Expected.DoesNotApply;
import dev.llmgateway.server.faults.Expected.MovesOn;
import dev.llmgateway.server.faults.Expected.RunsOut;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** One fault, met by one client of one gateway. */
record FaultCase(FaultRow row, Tongue caller, boolean stream) {

    /** Does it, complains of everything that is not as it must be, and returns what was seen. */
    Finding run(Bed bed, SoftAssertions softly) throws IOException, InterruptedException {
        Expected expected = row.expected(stream);
        String model = row.name().replaceAll("[^a-z0-9]+", "-") + "-" + caller + (stream ? "-streamed" : "-whole");
        bed.first.byModel(model, row.reply());
        long firstBefore = bed.first.requestCount();
        long secondBefore = bed.second.requestCount();
        Metrics before = bed.metrics();
        long start = System.nanoTime();
        HttpResponse<String> answer = bed.ask(caller, model, stream, expected instanceof RunsOut);
        long millis = (System.nanoTime() - start) / 1_000_000;
        Seen seen = caller.read(answer);
        CallJournal.Entry entry = bed.journal.take(seen.header("x-request-id"));
        Metrics after = bed.metrics();

        boolean movesOn = expected instanceof MovesOn && !bed.alone;
        String name = row.name() + (stream ? ", streamed" : ", whole") + ", by " + caller + " at " + bed;
        softly.assertThat(entry.inWords()).as("recorded: " + name).isEqualTo(recorded(expected, bed.alone));
        softly.assertThat(entry.outcomes).as("outcomes: " + name).hasSize(1);
        softly.assertThat(seen.status).as("status: " + name).isEqualTo(status(expected, bed.alone));
        softly.assertThat(bed.first.requestCount() - firstBefore)
                .as("requests at the first: " + name)
                .isEqualTo(bed.place == Place.SIMULATED ? 1 : 0);
        softly.assertThat(bed.second.requestCount() - secondBefore)
                .as("requests at the second: " + name)
                .isEqualTo(movesOn ? 1 : 0);
        softly.assertThat(after.growth(before, "gateway_requests_total"))
                .as("counted: " + name)
                .isEqualTo(Map.of(series(expected, bed.alone), 1.0));
        softly.assertThat(after.growth(before, "gateway_failovers_total").values().stream()
                        .mapToDouble(count -> count)
                        .sum())
                .as("failovers: " + name)
                .isEqualTo(movesOn ? 1 : 0);
        boolean answered = expected instanceof Answers || movesOn;
        if (answered) {
            checkAnswer(
                    seen,
                    entry,
                    after.growth(before, "gateway_tokens_total"),
                    movesOn ? "second" : "first",
                    softly,
                    name);
        } else {
            checkFailure(seen, answer.body(), expected, softly, name);
        }
        String who =
                answered ? movesOn ? "second" : "first" : expected instanceof BreaksOff ? "first, in part" : "nobody";
        return new Finding(this, bed.firstSpeaks, bed.alone, who, seen.inWords(), entry.inWords(), millis);
    }

    private static void checkAnswer(
            Seen seen,
            CallJournal.Entry entry,
            Map<String, Double> tokens,
            String who,
            SoftAssertions softly,
            String name) {
        softly.assertThat(seen.text.toString())
                .as("text: " + name)
                .isEqualTo("[simulated " + who + "] You said: " + Bed.PROMPT);
        softly.assertThat(seen.finished).as("finished: " + name).isTrue();
        softly.assertThat(seen.error).as("error: " + name).isNull();
        softly.assertThat(seen.header("x-gateway-provider"))
                .as("provider: " + name)
                .isEqualTo(who);
        softly.assertThat(entry.usage()).as("usage: " + name).isNotNull();
        softly.assertThat(entry.usage() == null ? 0 : entry.usage().output())
                .as("usage: " + name)
                .isPositive()
                .isEqualTo(seen.outputTokens);
        softly.assertThat(tokens)
                .as("tokens: " + name)
                .containsEntry("gateway_tokens_total{direction=\"output\",provider=\"" + who + "\"}", (double)
                        seen.outputTokens);
    }

    private static void checkFailure(Seen seen, String body, Expected expected, SoftAssertions softly, String name) {
        softly.assertThat(seen.error).as("error: " + name).isNotNull();
        softly.assertThat(String.valueOf(seen.error))
                .as("error: " + name)
                .doesNotContain("key-of", "127.0.0.1", "not an error of", "Exception");
        softly.assertThat(seen.finished).as("finished: " + name).isFalse();
        if (expected instanceof BreaksOff) {
            softly.assertThat(seen.text.toString()).as("text: " + name).startsWith("[simulated");
            softly.assertThat(body)
                    .as("terminator: " + name)
                    .doesNotContain("\"message_stop\"")
                    .doesNotContain("\"response.completed\"")
                    .doesNotContain("\"finish_reason\":\"");
        } else {
            softly.assertThat(seen.text.toString()).as("text: " + name).isEmpty();
        }
        boolean spent = expected instanceof RunsOut || expected instanceof MovesOn moves && moves.status() == 504;
        softly.assertThat(seen.header("x-should-retry"))
                .as("x-should-retry: " + name)
                .isEqualTo(spent ? "false" : "");
        softly.assertThat(seen.header("retry-after"))
                .as("retry-after: " + name)
                .isEqualTo(expected instanceof MovesOn moves ? moves.retryAfter() : "");
    }

    private static String recorded(Expected expected, boolean alone) {
        return switch (expected) {
            case Answers ignored -> "first answers, completed";
            case MovesOn(int ignored, String why, String unused) ->
                "first fails (" + why + "), " + (alone ? "failed (" + why + ")" : "second answers, completed");
            case BreaksOff(int ignored, String why) -> "first answers, failed (" + why + ")";
            case RunsOut ignored -> "first fails (timed out), failed (timed out)";
            case DoesNotApply ignored -> "";
        };
    }

    private static int status(Expected expected, boolean alone) {
        return switch (expected) {
            case Answers ignored -> 200;
            case MovesOn moves -> alone ? moves.status() : 200;
            case BreaksOff ignored -> 200;
            case RunsOut ignored -> 504;
            case DoesNotApply ignored -> 0;
        };
    }

    /** The one counter that grows. */
    private static String series(Expected expected, boolean alone) {
        boolean second = expected instanceof MovesOn && !alone;
        int status = expected instanceof BreaksOff breaks ? breaks.status() : status(expected, alone);
        return "gateway_requests_total{provider=\"" + (second ? "second" : "first") + "\",status=\"" + status + "\"}";
    }
}
