package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {
    private static final String CARD = """
            {"id": "a/b", "vendor": "openai", "wire_id": "b", "name": "B", "context_window": 8000,
             "price": {"input": 1, "output": 2, "source": "s"}, "capabilities": {"vision": true},
             "lifecycle": {"status": "active"},
             "scores": {"coding": {"value": 0.5, "raw": 30, "method": "m", "source": "s", "confidence": "high"}}}""";

    private static List<ModelCard> parse(String... cards) {
        String file = """
                {"sources": {"s": {"name": "Somebody", "date": "2026-01-01"}}, "methods": {"m": "raw / 60"},
                 "models": [%s]}""".formatted(String.join(",", cards));
        return CatalogFile.parse(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatACardLeavesOutStaysUnknown() {
        ModelCard card = parse(CARD).getFirst();
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(8_000L, null, null));
        assertThat(card.price()).isEqualTo(new ModelPrice(1, 2));
        assertThat(card.priceSource()).isEqualTo(new ModelCard.PriceSource("Somebody, 2026-01-01", null, null));
        assertThat(card.capabilities().absent()).isEmpty();
        assertThat(card.ttft()).isNull();
        assertThat(card.classifications()).isNull();
        assertThat(card.scores().byKind()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "wire_id"         | "wireid"           | card a/b: the field "wire_id" is missing
                    "name": "B",      | "name": 7,         | card a/b: the field "name" must be text
                    8000              | -1                 | card a/b: the field "context_window" must be a whole number
                    "name": "B",      | "name": "B", "x": 1, | card a/b: the field "x" is unknown
                    "input": 1        | "input": "1"       | card a/b, price: the field "input" must be a number
                    "input": 1        | "in": 1            | card a/b, price: the field "input" is missing
                    "vision": true    | "vision": 1        | card a/b, capabilities: the field "vision" must be true or false
                    "vision": true    | "sight": true      | card a/b, capabilities: the field "sight" is unknown
                    "active"          | "alive"            | card a/b, lifecycle: the field "status" must be one of active
                    "value": 0.5      | "value": 1.5       | card a/b, scores, coding: a score is 1.5
                    "method": "m"     | "method": "n"      | card a/b, scores, coding: the field "method" is none
                    "input": 1        | "input": -1        | card a/b, price: the price input is -1
                    "coding"          | "cooking"          | card a/b, scores: the field "cooking" is unknown""")
    void whatIsWrongIsNamedWithItsCard(String right, String wrong, String message) {
        assertThat(CARD).contains(right);
        assertThatThrownBy(() -> parse(CARD.replace(right, wrong))).hasMessageContaining(message);
    }

    @Test
    void scoresAreInheritedFromACardOfTheFileOnly() {
        String heir = CARD.replace("a/b", "a/c").replace("\"scores\"", "\"inherits_scores_from\": \"a/x\", \"scores\"");
        assertThatThrownBy(() -> parse(CARD, heir))
                .hasMessageContaining("card a/c: the field \"inherits_scores_from\"");
        assertThat(parse(CARD, heir.replace("a/x", "a/b"))).hasSize(2);
    }
}
