package dev.llmgateway.server.catalog;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.ModelCardConfig;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what an operator says about a model over what is known of it.
 *
 * @param word what the operator says
 * @param problems where to tell what is wrong
 */
record CardMerge(ModelCardConfig word, List<ConfigProblem> problems) {
    /** The source of what operators say. */
    static final String SOURCE = "config";

    ModelCard over(ModelCard card) {
        ModelCard.Builder merged = card.toBuilder()
                .limits(limits(card.limits()))
                .lifecycle(lifecycle(card.lifecycle()))
                .scores(scores(card.scores()));
        if (word.wireId() != null) {
            merged.wireId(word.wireId());
        }
        if (word.limits().ttftMillis() != null) {
            merged.ttft(new ModelCard.Ttft(word.limits().ttftMillis(), SOURCE));
        }
        Set<Capability> capabilities = word.abilities().capabilities();
        if (capabilities != null) {
            merged.capabilities(Capabilities.exactly(capabilities));
            merged.chats(card.chats() && !capabilities.contains(Capability.EMBEDDINGS));
        }
        if (word.abilities().classifications() != null) {
            merged.classifications(word.abilities().classifications());
        }
        PriceMerge price = new PriceMerge(word, problems);
        if (price.saysAnything()) {
            merged.price(price.over(card.price())).priceSource(new ModelCard.PriceSource(SOURCE, null, null));
        }
        return merged.build();
    }

    private ModelCard.Limits limits(ModelCard.Limits known) {
        Integer window = word.limits().contextWindow();
        Integer maxOutput = word.limits().maxOutputTokens();
        return new ModelCard.Limits(
                window == null ? known.contextWindow() : Long.valueOf(window),
                window == null ? known.maxInputTokens() : smaller(known.maxInputTokens(), window),
                maxOutput == null ? known.maxOutputTokens() : maxOutput);
    }

    /** A bound of the prompt means nothing in a window that is not larger. */
    private static @Nullable Long smaller(@Nullable Long maxInput, int window) {
        return maxInput != null && maxInput < window ? maxInput : null;
    }

    private Lifecycle lifecycle(Lifecycle known) {
        ModelCardConfig.Lifecycle said = word.lifecycle();
        Lifecycle.Status status = said.status() == null ? known.status() : said.status();
        return new Lifecycle(
                status,
                said.retireOn() == null ? lastDay(known) : said.retireOn(),
                said.replacement() == null ? known.replacement() : said.replacement(),
                known.retireNotBefore(),
                known.note());
    }

    /** Who says that a model is in use takes back its end. */
    private @Nullable LocalDate lastDay(Lifecycle known) {
        Lifecycle.Status said = word.lifecycle().status();
        if (said == null) {
            return known.retireOn();
        }
        return switch (said) {
            case DEPRECATED, RETIRED -> known.retireOn();
            case PREVIEW, ACTIVE, LEGACY -> null;
        };
    }

    private Scores scores(Scores known) {
        ModelCardConfig.Scores said = word.scores();
        Map<ScoreKind, Scores.Score> scores = new EnumMap<>(ScoreKind.class);
        scores.putAll(known.byKind());
        put(scores, ScoreKind.CODING, said.coding());
        put(scores, ScoreKind.REASONING, said.reasoning());
        put(scores, ScoreKind.INSTRUCTION, said.instruction());
        put(scores, ScoreKind.DOCUMENT, said.document());
        put(scores, ScoreKind.CLASSIFICATION, said.classification());
        if (said.arenaElo() != null) {
            scores.put(ScoreKind.ARENA, Scores.Score.ofElo(said.arenaElo(), SOURCE));
        }
        return new Scores(scores);
    }

    private static void put(Map<ScoreKind, Scores.Score> scores, ScoreKind kind, @Nullable Double value) {
        if (value != null) {
            scores.put(kind, new Scores.Score(value, SOURCE, null));
        }
    }
}
