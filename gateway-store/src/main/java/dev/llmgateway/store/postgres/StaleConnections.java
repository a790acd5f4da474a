package dev.llmgateway.store.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Which connections are closed after an error, besides broken ones. One that may only read has learned so when it was opened, and
 * keeps to it for as long as it lives, also when the database has long taken writes again.
 */
final class StaleConnections implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return DatabaseErrors.READ_ONLY.equals(failure.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
