package dev.llmgateway.store.memory;

import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.store.ShadowStoreContract;

class MemoryShadowStoreTest extends ShadowStoreContract {

    @Override
    protected ShadowStore newStore() {
        return new MemoryShadowStore();
    }
}
