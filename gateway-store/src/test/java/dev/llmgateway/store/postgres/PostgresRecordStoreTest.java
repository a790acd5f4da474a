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
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresRecordStoreTest extends RecordStoreContract {

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
        RecordStore clearing = new PostgresRecordStore(database, InstantSource.fixed(NOON.plusSeconds(10)));
        clearing.append(List.of(call("req_1", 0).finished()));
        assertThat(clearing.clear()).isOne();

        RecordStore other = new PostgresRecordStore(database, InstantSource.fixed(NOON.plusSeconds(20)));
        other.append(List.of(
                call("req_1", 0).finished(),
                call("req_2", 9).finished(),
                new LateCharge("req_2", 1, Spend.NOTHING),
                call("req_3", 9).latency(1_000).finished(),
                call("req_4", 11).finished()));

        assertThat(other.list(RecordQuery.ALL, null, 10))
                .extracting(CallRecord::requestId)
                .containsExactly("req_4", "req_3");
        assertThat(other.sums(RecordQuery.ALL, RecordSums.TOTAL)
                        .getFirst()
                        .figures()
                        .requests())
                .isEqualTo(2);
        assertThat(AuditChain.verify(database, null).isIntact()).isTrue();
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
