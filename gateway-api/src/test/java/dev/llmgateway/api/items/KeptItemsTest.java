package dev.llmgateway.api.items;

import static dev.llmgateway.api.routing.DataClassification.CUI;
import static dev.llmgateway.api.routing.DataClassification.INTERNAL;
import static dev.llmgateway.api.routing.DataClassification.ITAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeptItemsTest {

    private final AtomicLong now = new AtomicLong();
    private final KeptItems items =
            KeptItems.builder().ttl(Duration.ofHours(1)).ticker(now::get).build();

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void keep(String tenant, String id) {
        items.keep(tenant, INTERNAL, id, json(id));
    }

    private byte[] find(String tenant, String id) {
        return items.find(tenant, INTERNAL, id);
    }

    private static byte[] json(String id) {
        return ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anItemIsItsTenantsAlone() {
        keep("red", "msg_1");

        assertThat(find("red", "msg_1")).isEqualTo(json("msg_1"));
        assertThat(find("blue", "msg_1")).isNull();
        assertThat(find("red", "msg_2")).isNull();
    }

    /** Ollama draws the numbers of its ids out of a million. */
    @Test
    void nobodyReadsAnotherItemOfTheSameId() {
        items.keep("red", INTERNAL, "msg_1", json("Alice's"));
        items.keep("red", INTERNAL, "msg_1", json("Alice's"));
        assertThat(find("red", "msg_1")).isEqualTo(json("Alice's"));

        items.keep("red", INTERNAL, "msg_1", json("Bob's"));
        assertThat(find("red", "msg_1")).isNull();
        items.keep("red", INTERNAL, "msg_1", json("Bob's"));
        assertThat(find("red", "msg_1")).isNull();
    }

    @Test
    void anItemIsForCallsOfItsLevelAndAbove() {
        items.keep("red", CUI, "msg_1", json("msg_1"));

        assertThat(items.find("red", INTERNAL, "msg_1")).isNull();
        assertThat(items.find("red", CUI, "msg_1")).isNotNull();
        assertThat(items.find("red", ITAR, "msg_1")).isNotNull();
    }

    @Test
    void anItemGoesWhenNobodyHasReferredToItForSoLong() {
        keep("red", "old");
        keep("red", "used");
        pass(Duration.ofMinutes(40));
        find("red", "used");
        pass(Duration.ofMinutes(40));

        assertThat(find("red", "old")).isNull();
        assertThat(find("red", "used")).isNotNull();
        pass(Duration.ofHours(1));
        assertThat(find("red", "used")).isNull();
    }

    @Test
    void aFullMemoryLetsGoOfWhatWasUsedLongestAgo() {
        KeptItems few = KeptItems.builder().maxBytes(5_000).ticker(now::get).build();
        for (int i = 0; i < 4; i++) {
            few.keep("red", INTERNAL, "id" + i, new byte[900]);
        }
        few.find("red", INTERNAL, "id0");

        few.keep("red", INTERNAL, "id4", new byte[900]);

        assertThat(few.find("red", INTERNAL, "id1")).isNull();
        for (String id : new String[] {"id0", "id2", "id3", "id4"}) {
            assertThat(few.find("red", INTERNAL, id)).as(id).isNotNull();
        }
    }

    @Test
    void anItemThatFillsTheMemoryIsNotKept() {
        KeptItems few = KeptItems.builder().maxBytes(4_000).build();
        few.keep("red", INTERNAL, "small", new byte[100]);

        few.keep("red", INTERNAL, "large", new byte[1_000]);

        assertThat(few.find("red", INTERNAL, "large")).isNull();
        assertThat(few.find("red", INTERNAL, "small")).isNotNull();
    }

    @Property
    void theMemoryIsNeverMoreThanAllowed(@ForAll @Size(max = 60) List<@IntRange(max = 20) Integer> sizes) {
        KeptItems few = KeptItems.builder().maxBytes(6_000).ticker(now::get).build();
        for (int i = 0; i < sizes.size(); i++) {
            few.keep("red", INTERNAL, "id" + i % 7, new byte[100 * sizes.get(i)]);
            assertThat(few.bytes()).isLessThanOrEqualTo(6_000);
            few.find("red", INTERNAL, "id" + sizes.get(i) % 7);
            assertThat(few.bytes()).isLessThanOrEqualTo(6_000);
        }
        few.clear();
        assertThat(few.bytes()).isZero();
    }

    @Test
    void allCanBeForgotten() {
        keep("red", "msg_1");
        keep("blue", "msg_1");

        assertThat(items.clear()).isEqualTo(2);
        assertThat(find("red", "msg_1")).isNull();
        assertThat(items.clear()).isZero();

        keep("red", "old");
        pass(Duration.ofHours(1));
        assertThat(items.clear()).isZero();
    }

    @Test
    void boundsMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptItems.builder().ttl(Duration.ZERO))
                .withMessageContaining("longer than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptItems.builder().ttl(Duration.ofSeconds(-1)))
                .withMessageContaining("longer than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptItems.builder().maxBytes(0))
                .withMessageContaining("1 or more");
    }
}
