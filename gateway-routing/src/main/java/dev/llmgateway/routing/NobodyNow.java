package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses when every model that could serve the request cannot be asked at the moment. */
final class NobodyNow {

    /** As many targets are told of by name. */
    private static final int TOLD = 3;

    private NobodyNow() {}

    /**
     * The layers, with the named models that cannot be asked now among those that went out: a model without a card is in no
     * table, and another may have gone out for what is not held against a named one.
     */
    static List<LayerTrace> traced(List<LayerTrace> layers, List<Survivor> named, Standing standing) {
        LayerTrace first = layers.getFirst();
        List<Elimination> out = new ArrayList<>(first.eliminated());
        int in = first.in();
        for (Elimination elimination : unavailable(named, standing)) {
            int known = indexOf(elimination.candidate(), out);
            if (known < 0) {
                out.add(elimination);
                in++;
            } else {
                out.set(known, elimination);
            }
        }
        List<LayerTrace> all = new ArrayList<>(layers);
        all.set(0, new LayerTrace(first.layer(), in, out, first.nanos()));
        return all;
    }

    /** Whether anybody went out because it cannot be asked now. */
    static boolean isSomebodyOut(List<LayerTrace> layers) {
        return layers.getFirst().eliminated().stream().anyMatch(out -> out.reason() instanceof Reason.Unavailable);
    }

    /** Nobody may stand in for the models that were named, and none of them can be asked. */
    static Refusal named(List<Survivor> named, Standing standing) {
        return refusal(
                "the named model cannot be asked at the moment, and failover is disabled: ",
                unavailable(named, standing));
    }

    /**
     * None of those that could serve the request can be asked.
     *
     * @param able who could, best first
     */
    static Refusal anybody(List<Survivor> able, List<LayerTrace> layers) {
        List<Elimination> out = layers.getFirst().eliminated();
        List<Elimination> unavailable = able.stream()
                .map(survivor -> indexOf(survivor.candidate(), out))
                .filter(index -> index >= 0)
                .distinct()
                .map(out::get)
                .toList();
        return refusal("no model that could serve the request can be asked at the moment: ", unavailable);
    }

    private static Refusal refusal(String why, List<Elimination> out) {
        Cause cause = null;
        Duration soonest = null;
        for (Elimination elimination : out) {
            if (elimination.reason() instanceof Reason.Unavailable(Unavailable state)) {
                cause = cause == null || state.cause() == Cause.CIRCUIT_OPEN ? state.cause() : cause;
                soonest = soonest == null || state.retryAfter().compareTo(soonest) < 0 ? state.retryAfter() : soonest;
            }
        }
        if (cause == null || soonest == null) {
            throw new IllegalStateException("nobody is unavailable");
        }
        return new Refusal.Unavailable(
                why + sentence(out) + "; try again in " + seconds(soonest) + " s", cause, soonest);
    }

    private static String sentence(List<Elimination> out) {
        String told = out.stream()
                .limit(TOLD)
                .map(elimination -> elimination.candidate() + " " + elimination.sentence())
                .collect(Collectors.joining("; "));
        return out.size() > TOLD ? told + "; and " + (out.size() - TOLD) + " more" : told;
    }

    /** Begun seconds count whole, as in {@code Retry-After}. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static List<Elimination> unavailable(List<Survivor> named, Standing standing) {
        List<Elimination> out = new ArrayList<>();
        for (Survivor survivor : named) {
            if (standing.of(survivor.entry()) instanceof Unavailable now) {
                out.add(new Elimination(survivor.candidate(), new Reason.Unavailable(now)));
            }
        }
        return out;
    }

    private static int indexOf(Candidate candidate, List<Elimination> out) {
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).candidate().equals(candidate)) {
                return i;
            }
        }
        return -1;
    }
}
