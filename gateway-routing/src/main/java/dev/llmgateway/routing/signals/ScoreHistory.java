package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.ScoreVersion.Cause;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the scores of models in a catalog, and remembers what they were, so that a change can be taken back. Nothing is
 * ever rewritten: to take back is another version. The next decision sees every change. Thread safe.
 *
 * <p>Remembers the last {@value #MAX_VERSIONS} versions of each model of the catalog whose scores were changed.
 */
public final class ScoreHistory {

    /** As many versions of a model's scores are remembered. */
    public static final int MAX_VERSIONS = 50;

    /**
     * What a change did.
     *
     * @param previous the scores before it
     * @param versions all that are remembered, oldest first; the last one holds now
     */
    public record Changed(Scores previous, List<ScoreVersion> versions) {

        /** Copies the list. */
        public Changed {
            versions = List.copyOf(versions);
        }

        /** The version that holds now. */
        public ScoreVersion current() {
            return versions.getLast();
        }
    }

    private final LiveCatalog catalog;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, ArrayDeque<ScoreVersion>> byCard = new HashMap<>();
    private volatile Consumer<String> whenChanged = cardId -> {};

    /**
     * A history without changes.
     *
     * @param clock dates the changes
     */
    public ScoreHistory(LiveCatalog catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Is told, after each change, the id of the card whose versions changed; quick, and one at most. */
    void whenChanged(Consumer<String> told) {
        whenChanged = told;
    }

    /** Sets scores of a model; empty when the catalog has no card of that id. */
    public Optional<Changed> update(String cardId, ScoreChange change) {
        return change(cardId, (versions, now) -> append(versions, Cause.UPDATE, null, change.applyTo(now)));
    }

    /**
     * Takes back the last update that is not taken back yet; empty when the catalog has no card of that id.
     *
     * @throws IllegalStateException when there is nothing to take back
     */
    public Optional<Changed> rollback(String cardId) {
        return change(cardId, (versions, now) -> {
            int origin = versions.getLast().origin();
            ScoreVersion before = versions.stream()
                    .filter(version -> version.number() < origin)
                    .reduce((older, newer) -> newer)
                    .orElseThrow(() -> new IllegalStateException("there is no earlier version of these scores"));
            restore(versions, before);
        });
    }

    /**
     * Makes a model's scores those of an earlier version again; empty when the catalog has no card of that id.
     *
     * @throws IllegalStateException when that version is not remembered
     */
    public Optional<Changed> rollback(String cardId, int number) {
        return change(cardId, (versions, now) -> {
            ScoreVersion wanted = versions.stream()
                    .filter(version -> version.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no version " + number + ": remembered are "
                            + versions.getFirst().number() + " to "
                            + versions.getLast().number()));
            restore(versions, wanted);
        });
    }

    /**
     * What is remembered of a model, oldest first; the last one holds now. Empty when the catalog has no card of that id;
     * the one version of the catalog when nothing was changed.
     */
    public List<ScoreVersion> versions(String cardId) {
        changing.lock();
        try {
            ModelCard card = catalog.snapshot().catalog().card(cardId);
            return card == null ? List.of() : List.copyOf(known(cardId, card.scores()));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Puts versions that were made before in front of those that are remembered, which count on from them. What operators had
     * set holds again, unless it was changed meanwhile; of a model that is not there, as soon as a provider lists it.
     *
     * @param earlier oldest first
     */
    public void restore(String cardId, List<ScoreVersion> earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        changing.lock();
        try {
            ArrayDeque<ScoreVersion> since = byCard.getOrDefault(cardId, new ArrayDeque<>());
            ArrayDeque<ScoreVersion> all = new ArrayDeque<>(earlier);
            int before = earlier.getLast().number();
            since.forEach(version -> keep(all, version.after(before)));
            byCard.put(cardId, all);
            if (since.isEmpty() && earlier.getLast().cause() != Cause.CATALOG) {
                Scores scores = earlier.getLast().scores();
                catalog.updateWhenListed(
                        cardId, card -> card.toBuilder().scores(scores).build());
            }
        } finally {
            changing.unlock();
        }
    }

    /** Makes a version of scores that came past this history: of a card that was put, or taken back. */
    public void note(String cardId) {
        changing.lock();
        try {
            ModelCard card = catalog.snapshot().catalog().card(cardId);
            ArrayDeque<ScoreVersion> before = byCard.get(cardId);
            if (card == null || before == null) {
                return;
            }
            byCard.put(cardId, known(cardId, card.scores()));
        } finally {
            changing.unlock();
        }
        whenChanged.accept(cardId);
    }

    /** What is remembered of a model, whether or not it is there now, oldest first; empty when nothing was changed. */
    List<ScoreVersion> remembered(String cardId) {
        changing.lock();
        try {
            return List.copyOf(byCard.getOrDefault(cardId, new ArrayDeque<>()));
        } finally {
            changing.unlock();
        }
    }

    private interface Step {
        /** Appends a version, or throws and changes nothing. */
        void append(ArrayDeque<ScoreVersion> versions, Scores now);
    }

    private Optional<Changed> change(String cardId, Step step) {
        Optional<Changed> changed = changeAlone(cardId, step);
        if (changed.isPresent()) {
            whenChanged.accept(cardId);
        }
        return changed;
    }

    private Optional<Changed> changeAlone(String cardId, Step step) {
        changing.lock();
        try {
            return catalog.update(cardId, card -> {
                        ArrayDeque<ScoreVersion> versions = known(cardId, card.scores());
                        step.append(versions, card.scores());
                        byCard.put(cardId, versions);
                        return card.toBuilder()
                                .scores(versions.getLast().scores())
                                .build();
                    })
                    .map(before ->
                            new Changed(before.scores(), List.copyOf(byCard.getOrDefault(cardId, new ArrayDeque<>()))));
        } finally {
            changing.unlock();
        }
    }

    /** A copy of what is remembered, with a version of its own for scores that came past this history. */
    private ArrayDeque<ScoreVersion> known(String cardId, Scores now) {
        ArrayDeque<ScoreVersion> versions = new ArrayDeque<>(byCard.getOrDefault(cardId, new ArrayDeque<>()));
        if (versions.isEmpty() || !versions.getLast().scores().equals(now)) {
            append(versions, Cause.CATALOG, null, now);
        }
        return versions;
    }

    private void restore(ArrayDeque<ScoreVersion> versions, ScoreVersion wanted) {
        append(versions, Cause.ROLLBACK, wanted.origin(), wanted.scores());
    }

    private void append(ArrayDeque<ScoreVersion> versions, Cause cause, @Nullable Integer restores, Scores scores) {
        int number = versions.isEmpty() ? 1 : versions.getLast().number() + 1;
        keep(versions, new ScoreVersion(number, clock.instant(), cause, restores, scores));
    }

    private static void keep(ArrayDeque<ScoreVersion> versions, ScoreVersion version) {
        versions.add(version);
        if (versions.size() > MAX_VERSIONS) {
            versions.remove();
        }
    }
}
