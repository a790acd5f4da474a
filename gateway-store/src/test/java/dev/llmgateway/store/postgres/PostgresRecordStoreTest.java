package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.store.RecordStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresRecordStoreTest extends RecordStoreContract {

    /** In seconds after noon: before now by the clock of every machine. */
    private static final long LONG_AGO = -20L * 365 * 86_400;

    private final Database database = TestDatabase.open();

    @Override
    protected RecordStore newStore() {
        return new PostgresRecordStore(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void keepsTextThatPostgresRefusesWithoutWhatItRefuses() {
        RecordStore store = newStore();
        store.append(List.of(call("req_1", 0)
                .labels("a\u0000b\ud800", null)
                .bodies(new Bodies("\"\u0000\"", null))
                .finished()));

        StoredCall found = store.find("req_1").orElseThrow();

        assertThat(found.record().labels().source()).isEqualTo("a\ufffdb\ufffd");
        assertThat(found.bodies()).isEqualTo(new Bodies("\"\ufffd\"", null));
    }

    @Test
    void callsThatEndedBeforeAllWereForgottenAreForgottenWhereverTheyWaited() {
        Instant then = NOON.plusSeconds(LONG_AGO);
        RecordStore clearing = new PostgresRecordStore(database, InstantSource.fixed(then.plusSeconds(10)));
        clearing.append(List.of(call("req_1", LONG_AGO).finished()));
        assertThat(clearing.clear()).isOne();

        PostgresRecordStore other = new PostgresRecordStore(database, InstantSource.fixed(then.plusSeconds(20)));
        other.append(List.of(
                call("req_1", LONG_AGO).finished(),
                call("req_2", LONG_AGO + 9).finished(),
                new LateCharge("req_2", 1, Spend.NOTHING),
                call("req_3", LONG_AGO + 9).latency(1_000).finished(),
                call("req_4", LONG_AGO + 11).finished()));

        assertThat(ids(other)).containsExactly("req_4", "req_3");
        assertThat(other.sums(RecordQuery.ALL, RecordSums.TOTAL)
                        .getFirst()
                        .figures()
                        .requests())
                .isEqualTo(2);
        assertThat(other.forgotten()).isEqualTo(2);
        assertThat(AuditChain.verify(database, null).isIntact()).isTrue();
    }

    @Test
    void callsAreForgottenByTheClockOfTheDatabaseWhereThatOfTheGatewayIsAhead() {
        Instant ahead = Instant.now().plus(Duration.ofDays(400));
        new PostgresRecordStore(database, InstantSource.fixed(ahead)).clear();

        PostgresRecordStore store = new PostgresRecordStore(database);
        long later = NOON.until(ahead, ChronoUnit.SECONDS) - 1;
        store.append(
                List.of(call("req_1", LONG_AGO).finished(), call("req_2", later).finished()));

        assertThat(ids(store)).containsExactly("req_2");
        assertThat(store.forgotten()).isOne();
    }

    private static List<String> ids(RecordStore store) {
        return store.list(RecordQuery.ALL, null, 10).stream()
                .map(CallRecord::requestId)
                .toList();
    }

    @Test
    void keepsCallsForTheNextProcess() {
        newStore().append(List.of(call("req_1", 0).finished()));

        assertThat(newStore().isPersistent()).isTrue();
        assertThat(newStore().list(RecordQuery.ALL, null, 10))
                .extracting(CallRecord::requestId)
                .containsExactly("req_1");
    }
}
