package dev.llmgateway.api.spi;

import dev.llmgateway.api.quality.ScoreVersion;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the scores of models were and are, version by version. Thread safe. Calls of these methods may take long: none is
 * made on the path of a request. All of them throw a {@link RuntimeException} when the store cannot be reached.
 */
public interface ScoreStore extends AutoCloseable {

    /**
     * Keeps these versions of a model's scores in place of those that are kept: all, or no change when it throws.
     *
     * @param versions oldest first
     */
    void save(String cardId, List<ScoreVersion> versions);

    /** All that is kept, by the id of the model's card, the oldest version first. */
    Map<String, List<ScoreVersion>> load();

    /** Whether scores are still there after a restart. */
    boolean isPersistent();

    @Override
    void close();
}
