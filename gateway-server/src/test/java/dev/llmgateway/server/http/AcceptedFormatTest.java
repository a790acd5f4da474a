package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.server.analytics.TableFormat;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which format an {@code Accept} gets. */
class AcceptedFormatTest {

    private static @Nullable TableFormat of(String... headers) {
        return AcceptedFormat.of(Collections.enumeration(List.of(headers)));
    }

    @Test
    void jsonIsUsual() {
        assertThat(of()).isNull();
        assertThat(of("*/*")).isNull();
        assertThat(of("application/json")).isNull();
        assertThat(of("application/*")).isNull();
        assertThat(of("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"))
                .isNull();
        assertThat(of("image/png")).isNull();
        assertThat(of(",;q=x, nonsense")).isNull();
    }

    @Test
    void tablesAreForThoseWhoNameThem() {
        assertThat(of("text/csv")).isEqualTo(TableFormat.CSV);
        assertThat(of("Text/CSV; charset=utf-8; q=0.5")).isEqualTo(TableFormat.CSV);
        assertThat(of("text/*")).isEqualTo(TableFormat.CSV);
        assertThat(of("text/csv, */*")).isEqualTo(TableFormat.CSV);
        assertThat(of("*/*", "text/csv")).isEqualTo(TableFormat.CSV);
        assertThat(of("application/x-ndjson")).isEqualTo(TableFormat.JSON_LINES);
        assertThat(of("application/jsonl")).isEqualTo(TableFormat.JSON_LINES);
    }

    @Test
    void theQualityDecidesThenTheOrder() {
        assertThat(of("application/json;q=0.5, text/csv;q=0.6")).isEqualTo(TableFormat.CSV);
        assertThat(of("application/json, text/csv;q=0.6")).isNull();
        assertThat(of("application/x-ndjson, text/csv")).isEqualTo(TableFormat.JSON_LINES);
        assertThat(of("text/csv, application/x-ndjson")).isEqualTo(TableFormat.CSV);
        assertThat(of("application/json;q=0, */*;q=0.1")).isEqualTo(TableFormat.CSV);
    }

    @Test
    void whoRefusesEverythingGetsNothing() {
        assertThatThrownBy(() -> of("application/json;q=0")).hasMessageContaining("accept: must allow one of");
        assertThatThrownBy(() -> of("image/png, */*;q=0")).hasMessageContaining("text/csv");
    }
}
