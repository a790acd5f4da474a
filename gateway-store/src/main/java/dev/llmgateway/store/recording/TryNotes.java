package dev.llmgateway.store.recording;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.CallTrace.Result;
import dev.llmgateway.api.records.ErrorTypes;
import dev.llmgateway.api.spi.RouteTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the tries of one call. Guarded by the call's notes. */
final class TryNotes {

    private static final int LONGEST_ERROR = 500;

    /** One try. */
    private static final class Note {
        final Attempt attempt;
        final Duration began;

        @Nullable
        Duration took;

        @Nullable
        Result result;

        @Nullable
        String errorType;

        @Nullable
        String error;

        @Nullable
        Duration pause;

        Note(Attempt attempt, Duration began) {
            this.attempt = attempt;
            this.began = began;
        }

        CallTrace.Try toTry() {
            RouteTarget target = attempt.target();
            return new CallTrace.Try(
                    target.provider().id(),
                    target.model(),
                    target.provider().dialectOf(attempt.exchange().request(), target.model()),
                    began,
                    took,
                    result,
                    errorType,
                    error,
                    pause);
        }
    }

    private final List<Note> notes = new ArrayList<>(2);
    /** The targets that have failed or answered, each once however often it was asked in a row. */
    private final List<RouteTarget> passed = new ArrayList<>(2);

    private CallRecord.@Nullable FailedTry lastFailure;

    void started(Attempt attempt, Duration now) {
        notes.add(new Note(attempt, now));
    }

    void committed(Attempt attempt, Duration now) {
        end(attempt, now, Result.ANSWERED);
        pass(attempt.target());
    }

    /** @param sentence what is kept of the reason */
    void failed(Attempt attempt, Duration now, GatewayException failure, @Nullable String sentence) {
        boolean wasAsked = !(failure instanceof GatewayException.Unavailable);
        Note note = end(attempt, now, wasAsked ? Result.FAILED : Result.NOT_ASKED);
        RouteTarget target = attempt.target();
        String errorType = ErrorTypes.of(failure);
        lastFailure = new CallRecord.FailedTry(
                errorType, new CallRecord.Served(target.provider().id(), target.model()));
        if (note != null) {
            note.errorType = errorType;
            note.error = inShort(sentence);
        }
        pass(target);
    }

    void discarded(Attempt attempt, Duration now) {
        end(attempt, now, Result.DISCARDED);
    }

    /** The pause is told of a target, at a place where its single tries are not known: it follows the last of them. */
    void pauses(RouteTarget target, Duration pause) {
        for (Note note : notes.reversed()) {
            if (note.attempt.target().equals(target)) {
                note.pause = pause;
                return;
            }
        }
    }

    /** The first target won the race: a second one that failed in the meantime has caused no failover. */
    void firstWon() {
        passed.clear();
    }

    private @Nullable Note end(Attempt attempt, Duration now, Result result) {
        for (Note note : notes) {
            if (note.attempt == attempt) {
                note.took = now.minus(note.began);
                note.result = result;
                return note;
            }
        }
        return null;
    }

    private void pass(RouteTarget target) {
        if (passed.isEmpty() || !passed.getLast().equals(target)) {
            passed.add(target);
        }
    }

    private static @Nullable String inShort(@Nullable String message) {
        return message == null || message.length() <= LONGEST_ERROR
                ? message
                : message.substring(0, LONGEST_ERROR) + "...";
    }

    int attempts() {
        int asked = 0;
        for (Note note : notes) {
            asked += note.result == Result.NOT_ASKED ? 0 : 1;
        }
        return asked;
    }

    int failovers() {
        return Math.max(0, passed.size() - 1);
    }

    CallRecord.@Nullable FailedTry lastFailure() {
        return lastFailure;
    }

    /** Whom the last try asked; null when there was none. */
    @Nullable
    RouteTarget lastTarget() {
        return notes.isEmpty() ? null : notes.getLast().attempt.target();
    }

    List<CallTrace.Try> toTries() {
        List<CallTrace.Try> tries = new ArrayList<>(notes.size());
        notes.forEach(note -> tries.add(note.toTry()));
        return tries;
    }
}
