package dev.llmgateway.store.postgres;

import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.store.SignalStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresSignalStoreTest extends SignalStoreContract {

    private final Database database = TestDatabase.open();

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected SignalStore newStore() {
        return new PostgresSignalStore(database);
    }
}
