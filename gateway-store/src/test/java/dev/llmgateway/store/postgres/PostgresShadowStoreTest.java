package dev.llmgateway.store.postgres;

import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.store.ShadowStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresShadowStoreTest extends ShadowStoreContract {

    private final Database database = TestDatabase.open();

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected ShadowStore newStore() {
        return new PostgresShadowStore(database);
    }
}
