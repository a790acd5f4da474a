package dev.llmgateway.store.memory;

import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.store.SignalStoreContract;

class MemorySignalStoreTest extends SignalStoreContract {

    @Override
    protected SignalStore newStore() {
        return new MemorySignalStore();
    }
}
