package dev.llmgateway.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.routing.Deprecation;
import dev.llmgateway.routing.NameRules;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.ConfigJson;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ModelCardConfig;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
    void aCandidateOfShadowTrafficMustBeAModel() {
        assertThatThrownBy(() -> read("""
                [shadow]
                enabled = true
                model = "openai/gpt-4o-mimi"
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'model' in [shadow] is \"openai/gpt-4o-mimi\", which no model is called")
                .hasMessageContaining("did you mean openai/gpt-4o-mini");
    }

    @Test
    void aCandidateOfShadowTrafficMayHaveAnyNameThatCallsMayHave() {
        for (String name : List.of("fast", "auto", "gpt-4o", "lab/whatever")) {
            read("""
                    [shadow]
                    enabled = true
                    model = "%s"
                    [model_routing.aliases]
                    fast = "openai/gpt-4o"
                    [[providers]]
                    id = "lab"
                    provider_type = "local"
                    endpoint = "http://127.0.0.1:1/v1"
                    """.formatted(name));
        }
        read("""
                [shadow]
                model = "not/used"
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

    @Test
    void aReplacementOfAnOperatorsCardMustLeadSomewhereButBack() {
        assertThatThrownBy(() -> read("""
                [[models]]
                id = "openai/x"
                lifecycle.replacement = "nobody/z"
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"openai/x\" in [[models]] has the replacement \"nobody/z\", which no model is");
        assertThatThrownBy(() -> read("""
                [[models]]
                id = "openai/x"
                lifecycle.replacement = "openai/y"
                [[models]]
                id = "openai/y"
                lifecycle.replacement = "openai/x"
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("part of a cycle of replacements, openai/x -> openai/y -> openai/x");
        read("""
                [[models]]
                id = "openai/x"
                lifecycle.replacement = "openai/y"
                [[models]]
                id = "openai/y"
                """);
    }

    @Test
    void aCardAtRuntimeIsRefusedForWhatItBreaksAndForNothingElse() {
        ModelCatalog catalog = ModelCatalog.of(List.of(
                ModelCard.builder("openai/a", "openai", "a").build(),
                ModelCard.builder("openai/lost", "openai", "lost")
                        .lifecycle(new Lifecycle(Lifecycle.Status.DEPRECATED, null, "openai/nobody"))
                        .build()));
        CatalogSnapshot now = CatalogSnapshot.of(catalog, List.of());
        NameRules rules = new NameRules(
                Map.of("old", "gone/for-ever"), List.of(new Deprecation("old-a", LocalDate.MAX, "openai/a")));

        assertThat(ConfiguredModels.card(word("{\"id\":\"openai/a\",\"ttft_ms\":5}"), now, rules)
                        .id())
                .isEqualTo("openai/a");
        assertThatThrownBy(() -> ConfiguredModels.card(
                        word("{\"id\":\"openai/a\",\"lifecycle\":{\"replacement\":\"old-a\"}}"), now, rules))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("part of a cycle of replacements, old-a -> openai/a -> old-a"));
    }

    private static ModelCardConfig word(String json) {
        return ConfigJson.card(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void read(String text) {
        ConfiguredModels.catalog(ConfigFile.parse("test.toml", text, name -> null));
    }
}
