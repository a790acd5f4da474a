package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sampling that an Anthropic model accepts: no penalties and no seed; nothing at all with newer models; no temperature
 * and no {@code top_k} while it thinks; not temperature and {@code top_p} together; temperature up to 1.
 */
final class SamplingPlan {

    /** While a model thinks, only this range of top_p is accepted. */
    private static final double SMALLEST_THINKING_TOP_P = 0.95;

    private SamplingPlan() {}

    static Sampling of(Sampling wish, ModelTraits traits, boolean thinks, Losses losses) {
        name(wish.seed(), Lost.SEED, losses);
        name(wish.frequencyPenalty(), Lost.FREQUENCY_PENALTY, losses);
        name(wish.presencePenalty(), Lost.PRESENCE_PENALTY, losses);
        boolean free = traits.acceptsSampling();
        Double temperature = wish.temperature();
        if (temperature != null && (!free || thinks && temperature != 1.0)) {
            losses.add(Lost.TEMPERATURE);
            temperature = null;
        }
        Double topP = wish.topP();
        boolean together = temperature != null && !traits.acceptsTopPWithTemperature();
        if (topP != null && (!free || together || thinks && topP < SMALLEST_THINKING_TOP_P)) {
            losses.add(Lost.TOP_P);
            topP = null;
        }
        Integer topK = wish.topK();
        if (topK != null && (!free || thinks)) {
            losses.add(Lost.TOP_K);
            topK = null;
        }
        temperature = losses.atMost(temperature, traits.maxTemperature(), Lost.TEMPERATURE);
        return new Sampling(temperature, topP, topK, null, null, null, stop(wish.stop(), traits, losses));
    }

    /** Anthropic refuses stop texts of white space alone. */
    private static List<String> stop(List<String> wish, ModelTraits traits, Losses losses) {
        List<String> stop = new ArrayList<>();
        for (String text : wish) {
            if (traits.acceptsStop() && !text.isBlank()) {
                stop.add(text);
            } else {
                losses.add(Lost.STOP);
            }
        }
        return stop;
    }

    private static void name(@Nullable Object given, Lost what, Losses losses) {
        if (given != null) {
            losses.add(what);
        }
    }
}
