package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.server.faults.Expected.Answers;
import dev.llmgateway.server.faults.Expected.BreaksOff;
import dev.llmgateway.server.faults.Expected.MovesOn;
import dev.llmgateway.server.faults.Expected.RunsOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All the faults, in the order of the report. */
final class FaultList {

    /** All streams have begun by then, and have no content yet. */
    private static final int BEFORE_CONTENT = 1;

    private static final int AFTER_CONTENT = 5;
    private static final int ALL = Integer.MAX_VALUE;

    private static final Expected LATE = new MovesOn(504, "timed out", "");
    private static final Expected SILENT = new BreaksOff(504, "timed out");

    private FaultList() {}

    /** For a first provider of a dialect. */
    static List<FaultRow> all(Tongue first) {
        return Stream.of(unreachable(), broken(), silent(), notAnAnswer(), insideStreams(), reported(first), statuses())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of a place. */
    static List<FaultRow> all(Tongue first, Place place) {
        return all(first).stream().filter(row -> row.place() == place).toList();
    }

    private static List<FaultRow> unreachable() {
        return List.of(
                FaultRow.at(Place.NOBODY_LISTENS, "connection refused"),
                FaultRow.at(Place.UNKNOWN_NAME, "host name that does not exist"),
                FaultRow.at(Place.PLAIN_HTTP, "plain HTTP where TLS is expected"),
                FaultRow.at(Place.SELF_SIGNED, "self-signed certificate"),
                FaultRow.at(Place.SILENT_TLS, "silence in the TLS handshake"));
    }

    private static List<FaultRow> broken() {
        return List.of(
                FaultRow.of("reset before the headers", new Fault.ResetBeforeHeaders(), Expected.noConnection()),
                FaultRow.of(
                        "reset in the body",
                        new Fault.ResetInBody(),
                        Expected.before("broken off"),
                        Expected.after("broken off")),
                FaultRow.ofStreams(
                        "reset in the stream, before content",
                        new Fault.ResetMidStream(BEFORE_CONTENT),
                        Expected.before("broken off")),
                FaultRow.ofStreams(
                        "reset in the stream, after content",
                        new Fault.ResetMidStream(AFTER_CONTENT),
                        Expected.after("broken off")),
                FaultRow.ofStreams(
                        "closed in the stream, before content",
                        new Fault.CloseMidStream(BEFORE_CONTENT),
                        Expected.before("broken off")),
                FaultRow.of(
                        "closed in the body or after content",
                        new Fault.CloseMidStream(AFTER_CONTENT),
                        Expected.before("broken off"),
                        Expected.after("broken off")));
    }

    private static List<FaultRow> silent() {
        return List.of(
                FaultRow.of("stall before the first byte", new Fault.StallBeforeFirstByte(), new RunsOut(), LATE),
                FaultRow.ofStreams("stall behind the headers", new Fault.StallMidStream(0), LATE),
                FaultRow.ofStreams(
                        "stall in the stream, before content", new Fault.StallMidStream(BEFORE_CONTENT), LATE),
                FaultRow.of(
                        "stall in the body or after content",
                        new Fault.StallMidStream(AFTER_CONTENT),
                        new RunsOut(),
                        SILENT),
                FaultRow.of("byte by byte, in time", new Fault.SlowDrip(Duration.ZERO), new Answers()),
                FaultRow.of("byte by byte, too slow", new Fault.SlowDrip(Duration.ofMillis(20)), new RunsOut(), LATE));
    }

    private static List<FaultRow> notAnAnswer() {
        return List.of(
                FaultRow.of("200 with a page of HTML", new Fault.Html(), Expected.before("no answer")),
                FaultRow.of("200 with an empty body", new Fault.EmptyBody(), Expected.before("no answer")),
                FaultRow.of(
                        "200 with truncated JSON",
                        new Fault.TruncatedJson(),
                        Expected.before("malformed"),
                        Expected.after("malformed")),
                FaultRow.of("bytes that are not HTTP", new Fault.Garbage(), Expected.before("no answer")));
    }

    private static List<FaultRow> insideStreams() {
        return List.of(
                FaultRow.ofStreams(
                        "invalid JSON in an event, before content",
                        new Fault.InvalidJsonEvent(BEFORE_CONTENT),
                        Expected.before("malformed")),
                FaultRow.ofStreams(
                        "invalid JSON in an event, after content",
                        new Fault.InvalidJsonEvent(AFTER_CONTENT),
                        Expected.after("malformed")),
                FaultRow.ofStreams(
                        "no terminator, before content",
                        new Fault.NoTerminator(BEFORE_CONTENT),
                        Expected.before("broken off")),
                FaultRow.ofStreams(
                        "no terminator, after all content", new Fault.NoTerminator(ALL), Expected.after("broken off")));
    }

    /** OpenAI's error event tells of a failed server, Anthropic's of an overloaded one. */
    private static List<FaultRow> reported(Tongue first) {
        int status = first == Tongue.ANTHROPIC ? 529 : 500;
        String why = "reported " + status;
        return List.of(
                FaultRow.ofStreams(
                        "error event, before content",
                        new Fault.ErrorEvent(BEFORE_CONTENT),
                        new MovesOn(status, why, "")),
                FaultRow.ofStreams(
                        "error event, after content", new Fault.ErrorEvent(AFTER_CONTENT), new BreaksOff(status, why)));
    }

    private static List<FaultRow> statuses() {
        List<FaultRow> rows = new ArrayList<>();
        for (int status : new int[] {401, 403, 404, 408, 500, 502, 503, 529}) {
            rows.add(FaultRow.answer("status " + status, Reply.failure(status, Map.of()), Expected.status(status)));
        }
        rows.add(FaultRow.answer("status 429", Reply.failure(429, Map.of()), Expected.status(429)));
        rows.add(limited("retry-after in seconds", "retry-after", "7", "7"));
        rows.add(limited("retry-after as a date", "retry-after", "Fri, 31 Dec 9999 23:59:59 GMT", "86400"));
        rows.add(limited("retry-after-ms", "retry-after-ms", "1500", "2"));
        return rows;
    }

    private static FaultRow limited(String what, String header, String value, String told) {
        return FaultRow.answer(
                "status 429, " + what, Reply.failure(429, Map.of(header, value)), new MovesOn(429, "status 429", told));
    }
}
