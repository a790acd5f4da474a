package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.Attempt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt, of which one end is told, whichever comes first. */
final class Trial {

    private final Breakers breakers;
    private final Attempt attempt;
    private final @Nullable Permit permit;
    private final long since;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile boolean hasBegun;

    /**
     * An attempt that begins.
     *
     * @param permit null when the target has no circuit, because it never failed
     */
    Trial(Breakers breakers, Attempt attempt, @Nullable Permit permit, long since) {
        this.breakers = breakers;
        this.attempt = attempt;
        this.permit = permit;
        this.since = since;
    }

    /** Something of an answer has come. */
    void begun() {
        if (!hasBegun) {
            hasBegun = true;
        }
    }

    void succeeded() {
        if (isOver.compareAndSet(false, true) && permit != null) {
            permit.succeeded();
        }
    }

    void left() {
        if (isOver.compareAndSet(false, true) && permit != null) {
            permit.close();
        }
    }

    void threw(Throwable thrown) {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        boolean wasSilent = !hasBegun && breakers.wasSilent(since);
        switch (Verdict.of(thrown, attempt.cancellation(), wasSilent)) {
            case Verdict.Failed failed ->
                (permit == null ? breakers.permitOfFailed(attempt) : permit).failed(failed.reason());
            case Verdict.Limited limited -> breakers.coolDown(attempt, limited.retryAfter());
            case Verdict.Nothing ignored -> {}
        }
        if (permit != null) {
            permit.close();
        }
    }
}
