package dev.llmgateway.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.GatewayConfig;
import org.junit.jupiter.api.Test;

class ConfiguredModelsTest {

    @Test
    void theShippedCatalogAndNoWordOfTheOperatorIsFine() {
        assertThat(ConfiguredModels.catalog(GatewayConfig.defaults())
                        .snapshot()
                        .catalog()
                        .cards())
                .isNotEmpty();
    }

    @Test
    void anAliasThatLeadsNowhereIsToldWithItsSectionAndNearNames() {
        assertThatThrownBy(() -> read("""
                [model_routing.aliases]
                fast = "openai/gpt-4o-mimi"
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'fast' in [model_routing.aliases] stands for \"openai/gpt-4o-mimi\"")
                .hasMessageContaining("did you mean openai/gpt-4o-mini");
    }

    @Test
    void aliasesMayLeadToTheOperatorsCardsAndToProvidersThatAreSwitchedOff() {
        read("""
                [model_routing.aliases]
                own = "openai/ours"
                later = "lab/any"
                [[models]]
                id = "openai/ours"
                [[providers]]
                id = "lab"
                provider_type = "local"
                endpoint = "http://127.0.0.1:1/v1"
                enabled = false
                """);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read("""
                [model_routing.aliases]
                auto = "gpt-4o"
                [[model_routing.deprecations]]
                model = "a"
                sunset_date = "2026-01-01"
                replacement = "b"
                [[model_routing.deprecations]]
                model = "b"
                sunset_date = "2026-01-01"
                replacement = "a"
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has 2 problems")
                .hasMessageContaining("'auto' in [model_routing.aliases]")
                .hasMessageContaining("\"a\" in [[model_routing.deprecations]] is part of a cycle");
    }

    private static void read(String text) {
        ConfiguredModels.catalog(ConfigFile.parse("test.toml", text, name -> null));
    }
}
