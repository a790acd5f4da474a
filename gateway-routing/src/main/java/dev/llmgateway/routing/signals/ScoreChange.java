package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.quality.Scores.Score;
import dev.llmgateway.api.routing.ScoreKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Scores that an operator gives a model; those that are not named stay. Immutable.
 *
 * @param figures 0..1 each, but {@link ScoreKind#ARENA}: that is an Elo, 0..{@value #HIGHEST_ELO}
 */
public record ScoreChange(Map<ScoreKind, Double> figures) {

    /** No arena has given so much. */
    public static final int HIGHEST_ELO = 4_000;

    /** The source of scores that an operator gave. */
    public static final String SOURCE = "operator";

    /** @throws IllegalArgumentException when nothing is named or a figure is out of its range */
    public ScoreChange {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no score is named");
        }
        figures.forEach((kind, figure) -> {
            if (!(figure >= 0 && figure <= highest(kind))) {
                throw new IllegalArgumentException(
                        "the score " + kind.word() + " is " + figure + ": it must be from 0 to " + highest(kind));
            }
        });
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }

    /** The highest figure that may be given for a kind; the lowest is 0. */
    public static int highest(ScoreKind kind) {
        return kind == ScoreKind.ARENA ? HIGHEST_ELO : 1;
    }

    Scores applyTo(Scores before) {
        Map<ScoreKind, Score> after = new EnumMap<>(ScoreKind.class);
        after.putAll(before.byKind());
        figures.forEach((kind, figure) -> after.put(kind, score(kind, figure)));
        return new Scores(after);
    }

    private static Score score(ScoreKind kind, double figure) {
        return kind == ScoreKind.ARENA ? Score.ofElo(figure, SOURCE) : new Score(figure, SOURCE, null);
    }
}
