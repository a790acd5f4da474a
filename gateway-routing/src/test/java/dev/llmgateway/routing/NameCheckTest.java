package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.routing.NameProblem.Where;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameCheckTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    @Test
    void namesOfTheCatalogAreGoodWhetherServedOrNot() {
        Map<String, String> aliases =
                Map.of("a", "groq/oss", "b", "openai/oss", "c", "oss", "d", "auto", "e", "ollama/anything", "f", "old");
        NameRules rules = new NameRules(aliases, List.of(new Deprecation("old", DAY, "groq/oss")));
        assertThat(problems(rules, card("groq/oss", "openai/oss", null))).isEmpty();
    }

    @Test
    void anAliasOfAnUnknownModelHasNearNames() {
        NameRules rules = new NameRules(Map.of("fast", "groq/os"), List.of());
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .containsExactly("the alias \"fast\" stands for \"groq/os\", which no model is called:"
                        + " did you mean groq/oss?");
    }

    @Test
    void anAliasOfAProviderThatIsNotConfiguredIsWrong() {
        NameRules rules = new NameRules(Map.of("fast", "nowhere/x"), List.of());
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .singleElement()
                .asString()
                .contains("\"nowhere/x\"")
                .contains("provider/model");
    }

    @Test
    void anAliasOfAnAliasSaysWhatToWrite() {
        NameRules rules = new NameRules(Map.of("fast", "oss", "faster", "fast"), List.of());
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .singleElement()
                .asString()
                .contains("the alias \"faster\"")
                .endsWith("write \"oss\"");
    }

    @Test
    void anAliasOfItselfIsNotToldToStay() {
        NameRules rules = new NameRules(Map.of("os", "os"), List.of());
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .singleElement()
                .asString()
                .endsWith("an alias is followed once: did you mean oss?");
    }

    @Test
    void anAliasCannotBeCalledAuto() {
        NameRules rules = new NameRules(Map.of("auto", "oss"), List.of());
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .singleElement()
                .asString()
                .contains("the alias \"auto\" takes the name");
    }

    @Test
    void unknownReplacementsAreToldByTheirEntry() {
        NameRules rules = new NameRules(Map.of(), List.of(new Deprecation("old", DAY, "groq/osss")));
        List<NameProblem> problems = NameCheck.problems(
                rules, ModelCatalog.of(List.of(card("groq/oss", "oss", "groq/none"))), List.of("ollama"));
        assertThat(problems).extracting(NameProblem::where).containsExactly(Where.DEPRECATION, Where.CARD);
        assertThat(problems).extracting(NameProblem::entry).containsExactly("old", "groq/oss");
        assertThat(problems.get(0).remedy()).contains("groq/oss");
    }

    @Test
    void aReplacementThatIsAnAliasSaysWhatToWrite() {
        NameRules rules = new NameRules(Map.of("fast", "oss"), List.of(new Deprecation("old", DAY, "fast")));
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .containsExactly("the deprecation of \"old\" has the replacement \"fast\", which is an alias itself:"
                        + " write \"oss\"");
    }

    @Test
    void theDeprecationOfAnAliasWouldHaveNoEffect() {
        NameRules rules = new NameRules(Map.of("fast", "oss"), List.of(new Deprecation("fast", DAY, null)));
        assertThat(problems(rules, card("groq/oss", "oss", null)))
                .singleElement()
                .asString()
                .contains("aliases are followed before");
    }

    @Test
    void aCycleOfReplacementsIsToldOnce() {
        assertThat(problems(NameRules.NONE, card("a/1", "1", "a/2"), card("a/2", "2", "3"), card("a/3", "3", "a/2")))
                .containsExactly("the card \"a/2\" is part of a cycle of replacements, a/2 -> a/3 -> a/2:"
                        + " let one of them have another or none");
    }

    @Test
    void cyclesGoThroughTheOperatorsTableAndCardsTogether() {
        NameRules rules = new NameRules(Map.of(), List.of(new Deprecation("a/1", DAY, "a/2")));
        assertThat(problems(rules, card("a/1", "1", null), card("a/2", "2", "a/1")))
                .singleElement()
                .asString()
                .startsWith("the deprecation of \"a/1\" is part of a cycle");
        assertThat(problems(new NameRules(Map.of(), List.of(new Deprecation("a/1", DAY, "1"))), card("a/1", "1", null)))
                .singleElement()
                .asString()
                .contains("a/1 -> a/1");
    }

    @Test
    void theOperatorsWordBreaksACycleOfCards() {
        NameRules rules = new NameRules(Map.of(), List.of(new Deprecation("a/1", DAY, null)));
        assertThat(problems(rules, card("a/1", "1", "a/2"), card("a/2", "2", "a/1")))
                .isEmpty();
    }

    private static List<String> problems(NameRules rules, ModelCard... cards) {
        return NameCheck.problems(rules, ModelCatalog.of(List.of(cards)), List.of("ollama")).stream()
                .map(NameProblem::sentence)
                .toList();
    }

    private static ModelCard card(String id, String wireId, @Nullable String replacement) {
        return ModelCard.builder(id, "any", wireId)
                .lifecycle(new Lifecycle(Lifecycle.Status.ACTIVE, null, replacement))
                .build();
    }
}
