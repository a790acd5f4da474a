package dev.llmgateway.store.memory;

import dev.llmgateway.api.spi.ScoreStore;
import dev.llmgateway.store.ScoreStoreContract;

class MemoryScoreStoreTest extends ScoreStoreContract {

    @Override
    protected ScoreStore newStore() {
        return new MemoryScoreStore();
    }
}
