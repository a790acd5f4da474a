package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void findsSwappedDroppedAddedAndReplacedCharacters() {
        List<String> known = List.of("host", "port", "max_body_bytes");

        assertThat(NearestName.of("prot", known)).contains("port");
        assertThat(NearestName.of("hos", known)).contains("host");
        assertThat(NearestName.of("ports", known)).contains("port");
        assertThat(NearestName.of("max-body-bytes", known)).contains("max_body_bytes");
    }

    @Test
    void ignoresCase() {
        assertThat(NearestName.of("GPT-4o", List.of("gpt-4o"))).contains("gpt-4o");
    }

    @Test
    void findsNothingWhenNothingIsNear() {
        assertThat(NearestName.of("colour", List.of("host", "port"))).isEmpty();
        assertThat(NearestName.of("", List.of("host", "port"))).isEmpty();
        assertThat(NearestName.of("x".repeat(10_000), List.of("x".repeat(10_000))))
                .isEmpty();
    }

    @Test
    void findsNamesThatGoOnAfterTheWantedOne() {
        assertThat(NearestName.allOf("gpt-5", List.of("gpt-5.4-mini", "gpt-5.2", "llama"), 3))
                .containsExactly("gpt-5.2", "gpt-5.4-mini");
        assertThat(NearestName.of("gp", List.of("gpt-5.2"))).isEmpty();
    }

    @Test
    void ordersByNearnessThenByName() {
        List<String> known = List.of("gpt-4o-mini", "gpt-5o", "gpt-4o", "gpt-4", "llama");

        assertThat(NearestName.allOf("gpt-4p", known, 3)).containsExactly("gpt-4", "gpt-4o", "gpt-5o");
    }

    @Property
    void oneSwapIsAlwaysNear(@ForAll @NotEmpty String name) {
        String known = name.length() > 100 ? name.substring(0, 100) : name;
        int last = known.length() - 1;
        String typed = last == 0 ? known : known.substring(0, last - 1) + known.charAt(last) + known.charAt(last - 1);

        assertThat(NearestName.of(typed, List.of(known))).contains(known);
    }
}
