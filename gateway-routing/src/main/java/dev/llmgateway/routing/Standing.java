package dev.llmgateway.routing;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Strained;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import dev.llmgateway.api.spi.TargetHealth;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which candidates of one decision can be asked now. For one thread. Each is asked about once, so that the decision does not
 * contradict itself, and of those that are ready nothing is remembered: they are nearly all.
 */
final class Standing {

    private final TargetHealth health;
    private final Caller caller;
    private final List<TableEntry> named;
    private final TargetState[] ofNamed;
    private final Map<TableEntry, Strained> strained = new IdentityHashMap<>(0);

    /**
     * @param named the models that the caller named, which are looked at twice
     */
    Standing(TargetHealth health, Caller caller, List<TableEntry> named) {
        this.health = health;
        this.caller = caller;
        this.named = named;
        this.ofNamed = new TargetState[named.size()];
        for (int i = 0; i < ofNamed.length; i++) {
            ofNamed[i] = ask(named.get(i));
        }
    }

    /** Everybody is ready. */
    static Standing allReady() {
        return new Standing(TargetHealth.ALL_READY, Caller.DEFAULT, List.of());
    }

    /** The state of a candidate for which nobody has asked yet, or which was named. */
    TargetState of(TableEntry entry) {
        for (int i = 0; i < ofNamed.length; i++) {
            if (named.get(i) == entry) {
                return ofNamed[i];
            }
        }
        return ask(entry);
    }

    /** Why others go before a candidate that was found to be strained; else null. */
    @Nullable
    String strained(TableEntry entry) {
        Strained why = strained.isEmpty() ? null : strained.get(entry);
        return why == null ? null : why.sentence();
    }

    /** Whether a model that was named can be asked. */
    boolean canBeAsked(Survivor ofNamed) {
        return !(of(ofNamed.entry()) instanceof Unavailable);
    }

    private TargetState ask(TableEntry entry) {
        if (health == TargetHealth.ALL_READY) {
            return TargetState.READY;
        }
        Candidate candidate = entry.candidate();
        TargetState state = health.state(caller, entry.upstream().provider(), candidate.model());
        if (state instanceof Strained why) {
            strained.put(entry, why);
        }
        return state;
    }
}
