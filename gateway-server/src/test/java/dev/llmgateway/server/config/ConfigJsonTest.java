package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.ProviderType;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConfigJsonTest {
    private static final ResilienceConfig RESILIENCE = GatewayConfig.defaults().resilience();

    @Test
    void readsACardAsTheFileDoes() {
        String toml = """
                [[models]]
                id = "openai/x"
                wire_id = "x-1"
                context_window = 8000
                capabilities = ["vision", "tool_use"]
                [models.price]
                input = 2.5
                output = 10
                [[models.price.tiers]]
                above_input_tokens = 200000
                input = 5.0
                [models.scores]
                coding = 0.5
                arena_elo = 1300
                [models.lifecycle]
                status = "deprecated"
                retire_on = "2027-01-01"
                """;
        JsonNode json = json("""
                {"id": "openai/x", "wire_id": "x-1", "context_window": 8000, "max_output_tokens": null,
                 "capabilities": ["vision", "tool_use"],
                 "price": {"input": 2.5, "output": 10, "tiers": [{"above_input_tokens": 200000, "input": 5.0}]},
                 "scores": {"coding": 0.5, "arena_elo": 1300},
                 "lifecycle": {"status": "deprecated", "retire_on": "2027-01-01"}}""");

        ModelCardConfig card = ConfigJson.card(json);
        assertThat(card)
                .isEqualTo(ConfigFile.parse("c", toml, name -> null)
                        .models()
                        .cards()
                        .getFirst());
        assertThat(card.abilities().capabilities()).isEqualTo(Set.of(Capability.VISION, Capability.TOOL_USE));
    }

    @Test
    void readsAProviderWithoutLookingIntoTheEnvironment() {
        ProviderConfig provider = ConfigJson.provider(
                json("{\"id\": \"p\", \"provider_type\": \"openai\", \"api_key\": \"${OPENAI_API_KEY}\"}"), RESILIENCE);
        assertThat(provider.type()).isEqualTo(ProviderType.OPENAI);
        assertThat(Objects.requireNonNull(provider.connection().apiKey()).reveal())
                .isEqualTo("${OPENAI_API_KEY}");
        assertThat(provider.retry()).isEqualTo(RESILIENCE.retry());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "x": 1                           | x           | unknown key 'x' at the top level: known here: capabilities
                    "x": {}                          | x           | unknown key 'x' at the top level: known here: capabilities
                    "wire_id": 7                     | wire_id     | wrong type for 'wire_id' at the top level: expected text in quotes, found a whole number
                    "context_window": 0              | context_window | 'context_window' at the top level is out of range: expected a whole number from 1
                    "context_window": 1e300          | context_window | wrong type for 'context_window' at the top level
                    "price": {"input": -1}           | price.input | 'input' in 'price' is out of range: expected a number from 0 to 1000000, found -1
                    "price": {"inptu": 1}            | price.inptu | unknown key 'inptu' in 'price': did you mean 'input'?
                    "price": 3                       | price       | wrong type for 'price' at the top level: expected an object, found a whole number
                    "price": {"tiers": {}}           | price.tiers | wrong type for 'tiers' in 'price': expected a list of objects, found an object
                    "price": {"tiers": [{}]}         | price.tiers.above_input_tokens | missing key 'above_input_tokens' in 'price.tiers'
                    "price": {"tiers": [1]}          | price.tiers | wrong entry in 'tiers': expected an object
                    "capabilities": ["sight"]        | capabilities | unknown value "sight" for 'capabilities' at the top level
                    "lifecycle": {"retire_on": "no"} | lifecycle.retire_on | 'retire_on' in 'lifecycle' is not a date""")
    void whatIsWrongHasItsFieldAndNoLine(String member, String field, String message) {
        ConfigProblem problem = Objects.requireNonNull(catchThrowableOfType(
                        ConfigException.class, () -> ConfigJson.card(json("{\"id\": \"a/b\", " + member + "}"))))
                .problems()
                .getFirst();
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.position()).isNull();
        assertThat(problem.toString()).startsWith(message);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> ConfigJson.card(json("[]"))).hasMessageContaining("not a JSON object");
        assertThatThrownBy(() -> ConfigJson.card(json("{}"))).hasMessageContaining("missing key 'id'");
        String deep = "{\"id\": ".repeat(100) + "1" + "}".repeat(100);
        assertThatThrownBy(() -> ConfigJson.card(json(deep))).hasMessageContaining("nested too deeply");
    }

    private static JsonNode json(String text) {
        return Json.parse(text);
    }
}
