package dev.llmgateway.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.RecordEntry;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EntryJsonTest {

    @Property
    void whatWasWrittenIsReadAgain(@ForAll long seed) {
        RecordEntry entry = Entries.any(new Random(seed));

        assertThat(EntryJson.of(EntryJson.toBytes(entry))).isEqualTo(entry);
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        FinishedCall call = Entries.call("a");
        String json = new String(EntryJson.toBytes(call), StandardCharsets.UTF_8);
        String later = json.replaceFirst("\\{", "{\"more\":[{}],").replace("\"id\"", "\"also\":1,\"id\"");

        assertThat(EntryJson.of(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(call);
    }
}
