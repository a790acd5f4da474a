package dev.llmgateway.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.store.RecordStoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRecordStoreTest extends RecordStoreContract {

    private static final long MUCH = 1_000_000;

    @Override
    protected RecordStore newStore() {
        return new MemoryRecordStore(1_000, MUCH);
    }

    private static List<String> ids(RecordStore store) {
        return store.list(RecordQuery.ALL, null, 100).stream()
                .map(CallRecord::requestId)
                .toList();
    }

    @Test
    void keepsTheLatestCallsOnly() {
        RecordStore store = new MemoryRecordStore(3, MUCH);
        for (int i = 0; i < 10; i++) {
            store.append(List.of(call("req_" + i, i).finished()));
        }

        assertThat(ids(store)).containsExactly("req_9", "req_8", "req_7");
        assertThat(store.find("req_6")).isEmpty();
    }

    @Test
    void forgetsTheTracesAndBodiesOfTheOldestCallsWhenTheyAreTooLarge() {
        RecordStore store = new MemoryRecordStore(10, 5_000);
        Bodies bodies = new Bodies("x".repeat(1_000), null);
        for (int i = 0; i < 3; i++) {
            store.append(List.of(call("req_" + i, i).bodies(bodies).finished()));
        }

        assertThat(ids(store)).hasSize(3);
        assertThat(store.find("req_0").orElseThrow().bodies()).isNull();
        assertThat(store.find("req_0").orElseThrow().trace()).isNull();
        assertThat(store.find("req_2").orElseThrow().bodies()).isEqualTo(bodies);
    }

    @Test
    void keepsNoBodiesThatAreLargerThanAllRoom() {
        RecordStore store = new MemoryRecordStore(10, 5_000);
        store.append(List.of(
                call("req_1", 0).bodies(new Bodies("x".repeat(10_000), null)).finished()));

        assertThat(store.find("req_1").orElseThrow().bodies()).isNull();
        store.append(List.of(call("req_2", 0).bodies(new Bodies("x", null)).finished()));
        assertThat(store.find("req_2").orElseThrow().bodies()).isNotNull();
    }

    @Test
    void saysThatItIsNotPersistent() {
        assertThat(newStore().isPersistent()).isFalse();
    }
}
