package dev.llmgateway.telemetry;

import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.Usage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The names of models as values of labels. They are bounded, whatever callers invent: models with a price keep their names;
 * of the others the first hundred that answer do, all providers together, and the rest is {@link #OTHER}. So is a name with a
 * secret in it. Thread safe.
 */
public final class ModelLabels {

    /** Stands for every model that gets no label of its own. */
    public static final String OTHER = "other";

    /** Models without a price that get a label of their own. */
    static final int MOST_OTHERS = 100;

    private record Target(String provider, String model) {}

    private final Prices prices;
    private final UnaryOperator<String> clean;
    private final Set<Target> others = ConcurrentHashMap.newKeySet();

    /**
     * Labels.
     *
     * @param prices models that have one are known to the operator, and so of a bounded number
     */
    public ModelLabels(Prices prices) {
        this(prices, UnaryOperator.identity());
    }

    /**
     * Labels.
     *
     * @param prices models that have one are known to the operator, and so of a bounded number
     * @param clean takes secrets out of a text, and returns an equal text when there is none
     */
    public ModelLabels(Prices prices, UnaryOperator<String> clean) {
        this.prices = prices;
        this.clean = clean;
    }

    /** The name itself, without secrets: for where it need not be a label. Names that have a label are not looked at again. */
    public String withoutSecrets(String provider, String model) {
        return isKnown(provider, model) ? model : clean.apply(model);
    }

    /** The label of a model that answered. */
    public String ofAnswering(String provider, String model) {
        return isKnown(provider, model) || isAdded(provider, model) ? model : OTHER;
    }

    /** The label of a model that did not answer: a name that nobody ever answered to gets none of its own. */
    public String ofFailing(String provider, String model) {
        return isKnown(provider, model) ? model : OTHER;
    }

    /** Whether the model has a label of its own. */
    public boolean isKnown(String provider, String model) {
        return prices.cost(provider, model, Usage.ZERO) != null || others.contains(new Target(provider, model));
    }

    private boolean isAdded(String provider, String model) {
        return others.size() < MOST_OTHERS
                && clean.apply(model).equals(model)
                && others.add(new Target(provider, model));
    }
}
