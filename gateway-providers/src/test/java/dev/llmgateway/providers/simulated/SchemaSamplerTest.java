package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaSamplerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\"} | \"Paris\"",
                "{\"type\":\"string\",\"minLength\":7} | \"Parisxx\"",
                "{\"type\":\"string\",\"maxLength\":3} | \"Par\"",
                "{\"type\":\"string\",\"format\":\"date\"} | \"2026-01-01\"",
                "{\"type\":\"string\",\"enum\":[\"a\",\"b\"]} | \"a\"",
                "{\"const\":7} | 7",
                "{\"type\":\"integer\",\"minimum\":5} | 5",
                "{\"type\":\"integer\",\"exclusiveMinimum\":5} | 6",
                "{\"type\":\"number\",\"maximum\":0} | 0.0",
                "{\"type\":\"boolean\"} | true",
                "{\"type\":[\"null\",\"string\"]} | \"Paris\"",
                "{\"type\":\"null\"} | null",
                "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2} | [true,true]",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"boolean\"}]} | true",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"},\"b\":{}},\"required\":[\"a\"]} | {\"a\":true}",
                "{\"$ref\":\"#/$defs/x\",\"$defs\":{\"x\":{\"const\":1}}} | 1",
                "{} | {}"
            })
    void fitsTheSchema(String schema, String expected) {
        assertThat(sample(schema)).isEqualTo(expected);
    }

    @Test
    void usesItsWordsInTurn() {
        assertThat(sample("{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}}"))
                .isEqualTo("{\"a\":\"Paris\",\"b\":\"Rome\"}");
    }

    @Test
    void endsOnASchemaThatContainsItself() {
        assertThat(sample("{\"properties\":{\"next\":{\"$ref\":\"#\"}}}")).startsWith("{\"next\":{");
    }

    private static String sample(String schema) {
        return Json.write(new SchemaSampler(Json.MAPPER.readTree(schema), List.of("Paris", "Rome")).sample());
    }
}
