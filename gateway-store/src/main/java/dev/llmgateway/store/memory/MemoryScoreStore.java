package dev.llmgateway.store.memory;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.spi.ScoreStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the versions of models' scores in memory: as many models as have any. */
public final class MemoryScoreStore implements ScoreStore {

    /** Guarded by this. */
    private final Map<String, List<ScoreVersion>> byCard = new LinkedHashMap<>();

    @Override
    public synchronized void save(String cardId, List<ScoreVersion> versions) {
        byCard.put(cardId, List.copyOf(versions));
    }

    @Override
    public synchronized Map<String, List<ScoreVersion>> load() {
        return Map.copyOf(byCard);
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public void close() {}
}
