package dev.llmgateway.store.recording;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.InvalidRequest;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.CallRecord.FailedTry;
import dev.llmgateway.api.records.CallRecord.Served;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.records.CallTrace.Charged;
import dev.llmgateway.api.records.CallTrace.CircuitChange;
import dev.llmgateway.api.records.CallTrace.Race;
import dev.llmgateway.api.records.CallTrace.Try;
import dev.llmgateway.ir.codec.WireError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What records do not repeat: secrets that callers write where none belongs, in the model's name and the labels, and pieces of
 * requests in sentences about what is wrong with them: providers like to quote, and so does the gateway. Thread safe when the
 * function is.
 *
 * @param clean takes secrets out of a text, and returns the same text when there is none; quick, asked several times for each call
 * @param quotes whether a provider's own words about its failure, and what the gateway quotes, are recorded; else there is the
 *     gateway's sentence, without what it quotes of a request
 */
public record Discretion(UnaryOperator<String> clean, boolean quotes) {

    private static final String LEFT_OUT = "\"...\"";

    /** No model has a longer name, its provider's id included; what callers call so may have megabytes. */
    private static final int LONGEST_NAME = 600;

    private static final int LONGEST_SENTENCE = 2_000;

    /** Of what was left out of a request so many are named, with so many characters each. */
    private static final int MOST_DROPPED = 100;

    private static final int LONGEST_DROPPED = 200;

    private static final String CUT = "...";

    /** Everything is recorded as it is. */
    public static final Discretion NONE = new Discretion(UnaryOperator.identity(), true);

    /** What is recorded of why a call, or a try, failed. */
    @Nullable
    String sentence(GatewayException failure) {
        String whole = whole(failure);
        return whole == null ? null : cut(clean.apply(whole), LONGEST_SENTENCE);
    }

    private @Nullable String whole(GatewayException failure) {
        if (!quotes && failure instanceof InvalidRequest) {
            return withoutQuotes(String.valueOf(failure.getMessage()));
        }
        if (quotes || !(failure instanceof ProviderFailed failed)) {
            return failure.getMessage();
        }
        String provider = "provider \"" + failed.provider() + "\" ";
        WireError error = failed.error();
        return switch (failed.phase()) {
            case CONNECT, NO_ANSWER -> failure.getMessage();
            case STATUS -> provider + "answered with the error " + error.status() + words(error.kind());
            case REPORTED -> provider + "reported the error " + error.status() + words(error.kind());
            case MALFORMED -> provider + "sent an answer that cannot be read";
            case BROKEN_OFF -> provider + "broke off inside its answer";
        };
    }

    /** What is recorded of why a request could not be read. */
    String ofUnreadable(String sentence) {
        return cut(clean.apply(quotes ? sentence : withoutQuotes(sentence)), LONGEST_SENTENCE);
    }

    /** What is recorded of the names of what an answer, or a request, has lost. */
    List<String> dropped(List<String> names) {
        if (names.isEmpty()) {
            return names;
        }
        List<String> kept = new ArrayList<>(Math.min(names.size(), MOST_DROPPED + 1));
        for (String name : names) {
            if (kept.size() == MOST_DROPPED) {
                kept.add(CUT + "+" + (names.size() - MOST_DROPPED));
                break;
            }
            kept.add(cut(clean.apply(name), LONGEST_DROPPED));
        }
        return kept;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + CUT;
    }

    /** From the first quote to the last: what is quoted may have such marks in it. */
    private static String withoutQuotes(String sentence) {
        int first = sentence.indexOf('"');
        return first < 0
                ? sentence
                : sentence.substring(0, first) + LEFT_OUT + sentence.substring(sentence.lastIndexOf('"') + 1);
    }

    private static String words(WireError.Kind kind) {
        return " (" + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "); its words are not kept";
    }

    /** The same record, without secrets in names, and with none that is too long for one. */
    CallRecord record(CallRecord call) {
        CallRecord.Asked asked = call.asked();
        CallRecord.Asked named =
                new CallRecord.Asked(name(asked.model()), asked.profile(), asked.classification(), asked.stream());
        CallLabels labels = labels(call.labels());
        if (named.equals(asked) && labels.equals(call.labels())) {
            return call;
        }
        return new CallRecord(
                call.requestId(),
                call.at(),
                call.tenant(),
                labels,
                named,
                served(call.served()),
                call.end(),
                path(call.path()),
                call.times(),
                call.spend(),
                call.findings());
    }

    /** The same labels, without secrets, and no longer than labels may be. */
    CallLabels labels(CallLabels labels) {
        return labels.equals(CallLabels.NONE)
                ? labels
                : new CallLabels(labels.dialect(), label(labels.source()), label(labels.project()));
    }

    private @Nullable String label(@Nullable String label) {
        String safe = text(label);
        return safe == null || safe.length() <= CallLabels.LONGEST ? safe : safe.substring(0, CallLabels.LONGEST);
    }

    private @Nullable String text(@Nullable String text) {
        return text == null ? null : clean.apply(text);
    }

    private @Nullable String name(@Nullable String name) {
        return name == null ? null : cut(clean.apply(name), LONGEST_NAME);
    }

    private @Nullable Served served(@Nullable Served by) {
        return by == null ? null : new Served(by.provider(), cut(clean.apply(by.model()), LONGEST_NAME));
    }

    private CallRecord.Path path(CallRecord.Path path) {
        FailedTry last = path.lastFailure();
        Served failed = last == null ? null : served(last.target());
        return new CallRecord.Path(
                path.attempts(),
                path.failovers(),
                path.hedged(),
                path.cache(),
                path.replayed(),
                last == null || failed == null ? null : new FailedTry(last.errorType(), failed));
    }

    /** The trace of a call whose model's name is not recorded as it is: without the decision, which is all about that name. */
    CallTrace withoutName(CallTrace trace) {
        return new CallTrace(
                null,
                trace.tries().stream().map(this::named).toList(),
                trace.races().stream()
                        .map(it ->
                                new Race(it.at(), clean.apply(it.slow()), clean.apply(it.second()), text(it.winner())))
                        .toList(),
                trace.circuits().stream()
                        .map(it -> new CircuitChange(
                                it.at(), it.provider(), clean.apply(it.model()), it.from(), it.to(), it.reason()))
                        .toList(),
                trace.cache(),
                trace.findings(),
                trace.findingsLeftOut(),
                trace.raised(),
                trace.dropped(),
                trace.charges().stream()
                        .map(it -> new Charged(it.reason(), it.provider(), clean.apply(it.model()), it.spend()))
                        .toList(),
                text(trace.error()));
    }

    private Try named(Try each) {
        return new Try(
                each.provider(),
                clean.apply(each.model()),
                each.dialect(),
                each.began(),
                each.took(),
                each.result(),
                each.errorType(),
                text(each.error()),
                each.pause());
    }
}
