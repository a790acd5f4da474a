package dev.llmgateway.store.postgres;

import dev.llmgateway.api.spi.ScoreStore;
import dev.llmgateway.store.ScoreStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresScoreStoreTest extends ScoreStoreContract {

    private final Database database = TestDatabase.open();

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected ScoreStore newStore() {
        return new PostgresScoreStore(database);
    }
}
