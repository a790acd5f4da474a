package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Refusal.RetiredModel;
import dev.llmgateway.api.routing.Refusal.UnknownModel;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.Resolution.Retirement;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.routing.NameResolver.Resolved;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.Lifecycle.Status;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameResolverTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    private static final ModelCatalog CATALOG = ModelCatalog.of(List.of(
            card("openai/gpt-a", "openai", "gpt-a", Lifecycle.ACTIVE),
            card("openai/gpt-b", "openai", "gpt-b", Lifecycle.ACTIVE),
            card("azure/gpt-b", "azure_openai", "gpt-b", Lifecycle.ACTIVE),
            card("anthropic/claude", "anthropic", "claude-20260101", Lifecycle.ACTIVE),
            card("groq/oss", "groq", "openai/oss", Lifecycle.ACTIVE),
            card("openai/ends", "openai", "ends", ends(Status.DEPRECATED, DAY, "openai/gpt-a")),
            card("openai/ends-alone", "openai", "ends-alone", ends(Status.DEPRECATED, DAY, null)),
            card("openai/ended", "openai", "ended", ends(Status.RETIRED, null, "openai/ends")),
            card("openai/two", "openai", "two", ends(Status.DEPRECATED, DAY, null)),
            card("azure/two", "azure_openai", "two", ends(Status.DEPRECATED, DAY.plusDays(30), "openai/gpt-a")),
            card("openai/moved", "openai", "moved", ends(Status.RETIRED, null, "anthropic/claude")),
            card("groq/gone", "groq", "gone", ends(Status.RETIRED, DAY, null))));

    private final Upstream openai = upstream("my-openai", "openai");
    private final Upstream azure = upstream("azure", "azure_openai");
    private final Upstream anthropic = upstream("anthropic", "anthropic");
    private final Upstream groq = upstream("groq", "groq");
    private final Upstream local = upstream("ollama", "local");

    @Test
    void aCardIsServedByEveryProviderOfItsVendorWhateverTheirIds() {
        Resolved found = resolve("openai/gpt-a", openai, anthropic, upstream("backup", "openai"));
        assertThat(names(found)).containsExactly("my-openai/gpt-a", "backup/gpt-a");
        assertThat(found.resolution()).isEqualTo(Resolution.of("openai/gpt-a", Match.CARD));
    }

    @Test
    void aWireIdMeansAllThatServeItInTheProvidersOrder() {
        Resolved found = resolve("gpt-b", azure, openai);
        assertThat(names(found)).containsExactly("azure/gpt-b", "my-openai/gpt-b");
        assertThat(found.resolution()).isEqualTo(Resolution.of("gpt-b", Match.WIRE_ID));
        assertThat(names(resolve("gpt-b", openai, azure))).containsExactly("my-openai/gpt-b", "azure/gpt-b");
        assertThat(names(resolve("claude-20260101", anthropic))).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aCardsNameWithoutItsProviderIsEnough() {
        assertThat(names(resolve("claude", anthropic))).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aWireIdWithASlashIsNotTakenForAProvider() {
        assertThat(names(resolve("openai/oss", upstream("openai", "openai"), groq)))
                .containsExactly("groq/openai/oss");
    }

    @Test
    void aProvidersIdSendsAnyNameToIt() {
        Resolved found = resolve("ollama/llama3:8b", openai, local);
        assertThat(names(found)).containsExactly("ollama/llama3:8b");
        assertThat(found.resolution().match()).isEqualTo(Match.PROVIDER);
        assertThat(names(resolve("my-openai/ft:gpt/x", openai, local))).containsExactly("my-openai/ft:gpt/x");
        assertThat(resolve("ollama/", local).refusal()).isInstanceOf(UnknownModel.class);
    }

    @Test
    void autoAndNoNameAtAllLeaveTheChoice() {
        for (String name : List.of("auto", "")) {
            Resolved found = resolve(name, openai);
            assertThat(found.refusal()).isNull();
            assertThat(found.pinned()).isEmpty();
            assertThat(found.resolution().match()).isEqualTo(Match.AUTO);
        }
    }

    @Test
    void anAliasIsFollowedOnce() {
        NameRules rules = new NameRules(Map.of("fast", "groq/oss", "faster", "fast", "any", "auto"), List.of());
        Resolved found = resolver(rules, groq).resolve("fast", DAY);
        assertThat(names(found)).containsExactly("groq/openai/oss");
        assertThat(found.resolution()).isEqualTo(new Resolution("fast", "groq/oss", null, "groq/oss", Match.CARD));
        assertThat(resolver(rules, groq).resolve("any", DAY).resolution().match())
                .isEqualTo(Match.AUTO);
        assertThat(sentence(resolver(rules, groq).resolve("faster", DAY)))
                .contains("\"fast\", for which \"faster\" is an alias");
    }

    @Test
    void anAliasComesBeforeAModelOfItsName() {
        NameRules rules = new NameRules(Map.of("gpt-a", "gpt-b"), List.of());
        assertThat(names(resolver(rules, openai).resolve("gpt-a", DAY))).containsExactly("my-openai/gpt-b");
    }

    @Test
    void anUnknownNameGoesNowhereAndTheSentenceHelps() {
        Resolved found = resolve("gpt-bb", openai, local);
        assertThat(found.refusal()).isInstanceOf(UnknownModel.class);
        assertThat(found.pinned()).isEmpty();
        assertThat(sentence(found))
                .contains("\"gpt-bb\" does not exist")
                .contains("Did you mean gpt-b")
                .contains("my-openai/gpt-bb");
    }

    @Test
    void namesThatNoModelHasAreNotSentToAProvider() {
        String longest = "x".repeat(NameResolver.LONGEST_WIRE_NAME);
        assertThat(names(resolve("ollama/" + longest, local))).containsExactly("ollama/" + longest);
        for (String bad : List.of(longest + "x", "a\nb", "a\u0000", "a\u001b[31m", "\u0085")) {
            assertThat(resolve("ollama/" + bad, local).refusal())
                    .isInstanceOfSatisfying(
                            UnknownModel.class,
                            refusal -> assertThat(refusal.sentence())
                                    .endsWith("a model's name has from 1 to 512 characters behind its provider's id,"
                                            + " none of them a control character"));
        }
    }

    @Test
    void retiredModelsAreNotSuggested() {
        assertThat(sentence(resolve("ende", openai, local))).doesNotContain("Did you mean");
    }

    @Test
    void aLongNameIsQuotedInPart() {
        assertThat(sentence(resolve("x".repeat(5_000), openai)))
                .contains("x".repeat(100) + "...")
                .hasSizeLessThan(600);
    }

    @Test
    void aKnownModelThatNobodyServesSaysWhichTypeIsMissing() {
        assertThat(sentence(resolve("anthropic/claude", openai))).contains("of the type anthropic");
        assertThat(sentence(resolve("claude-20260101", openai))).contains("of the type anthropic");
    }

    @Test
    void withoutProvidersTheSentenceSaysSo() {
        assertThat(sentence(resolve("gpt-a"))).contains("no provider is configured");
    }

    @Test
    void beforeTheDayAModelGoesOnAndItsEndIsAnnounced() {
        Resolved found = resolver(NameRules.NONE, openai).resolve("ends", DAY.minusDays(1));
        assertThat(names(found)).containsExactly("my-openai/ends");
        assertThat(found.resolution().retirement()).isEqualTo(new Retirement("ends", DAY, "openai/gpt-a", false));
    }

    @Test
    void fromTheDayOnTheReplacementIsUsedAndTheEndIsStillTold() {
        for (LocalDate day : List.of(DAY, DAY.plusYears(3))) {
            Resolved found = resolver(NameRules.NONE, openai).resolve("openai/ends", day);
            assertThat(names(found)).containsExactly("my-openai/gpt-a");
            assertThat(found.resolution())
                    .isEqualTo(new Resolution(
                            "openai/ends",
                            null,
                            new Retirement("openai/ends", DAY, "openai/gpt-a", true),
                            "openai/gpt-a",
                            Match.CARD));
        }
    }

    @Test
    void withoutAReplacementTheModelIsGoneFromTheDayOn() {
        assertThat(resolver(NameRules.NONE, openai)
                        .resolve("ends-alone", DAY.minusDays(1))
                        .refusal())
                .isNull();
        Resolved gone = resolver(NameRules.NONE, openai).resolve("ends-alone", DAY);
        assertThat(gone.refusal()).isInstanceOfSatisfying(RetiredModel.class, it -> {
            assertThat(it.since()).isEqualTo(DAY);
            assertThat(it.sentence())
                    .contains("\"ends-alone\" is retired since 2026-06-01 and has no replacement")
                    .contains("auto");
        });
        assertThat(gone.pinned()).isEmpty();
    }

    @Test
    void aReplacementThatNobodyServesIsNone() {
        Resolved gone = resolve("openai/moved", openai);
        assertThat(gone.refusal()).isInstanceOf(RetiredModel.class);
        assertThat(sentence(gone)).contains("its replacement \"anthropic/claude\" is not served here");
        assertThat(names(resolve("openai/moved", openai, anthropic))).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aRetiredModelIsGoneEvenWhenNoProviderWouldServeIt() {
        assertThat(resolve("groq/gone", openai).refusal()).isInstanceOf(RetiredModel.class);
        assertThat(names(resolve("openai/moved", anthropic))).containsExactly("anthropic/claude-20260101");
    }

    @Test
    void aModelThatIsRetiredWithoutADayIsReplacedNow() {
        Resolved found = resolver(NameRules.NONE, openai).resolve("ended", DAY.minusDays(1));
        assertThat(names(found)).containsExactly("my-openai/ends");
        assertThat(found.resolution().retirement()).isEqualTo(new Retirement("ended", null, "openai/ends", true));
    }

    @Test
    void replacementsAreFollowedOn() {
        Resolved found = resolver(NameRules.NONE, openai).resolve("ended", DAY);
        assertThat(names(found)).containsExactly("my-openai/gpt-a");
        assertThat(found.resolution().model()).isEqualTo("openai/gpt-a");
    }

    @Test
    void aCycleOfReplacementsEnds() {
        NameRules rules = new NameRules(
                Map.of(),
                List.of(
                        new Deprecation("openai/gpt-a", DAY, "openai/gpt-b"),
                        new Deprecation("openai/gpt-b", DAY, "openai/gpt-a")));
        assertThat(resolver(rules, openai).resolve("gpt-a", DAY).refusal()).isInstanceOf(RetiredModel.class);
    }

    @Test
    void ofSeveralThatServeANameTheLivingAreUsedAndTheNameEndsWithTheLast() {
        NameResolver resolver = resolver(NameRules.NONE, openai, azure);
        Resolved before = resolver.resolve("two", DAY.minusDays(1));
        assertThat(names(before)).containsExactly("my-openai/two", "azure/two");
        Resolved between = resolver.resolve("two", DAY);
        assertThat(names(between)).containsExactly("azure/two");
        assertThat(between.resolution().retirement())
                .isEqualTo(new Retirement("two", DAY.plusDays(30), "openai/gpt-a", false));
        assertThat(names(resolver.resolve("two", DAY.plusDays(30)))).containsExactly("my-openai/gpt-a");
        assertThat(resolver.resolve("openai/two", DAY).refusal()).isInstanceOf(RetiredModel.class);
    }

    @Test
    void theOperatorsDeprecationsStandBeforeTheCards() {
        NameRules later =
                new NameRules(Map.of(), List.of(new Deprecation("openai/ends", DAY.plusDays(9), "openai/gpt-b")));
        NameResolver resolver = resolver(later, openai);
        assertThat(names(resolver.resolve("ends", DAY))).containsExactly("my-openai/ends");
        assertThat(names(resolver.resolve("ends", DAY.plusDays(9)))).containsExactly("my-openai/gpt-b");
        assertThat(names(resolver.resolve("my-openai/ends", DAY.plusDays(9)))).containsExactly("my-openai/gpt-b");
    }

    @Test
    void anyNameCanBeDeprecatedAndAnAliasIsFollowedBefore() {
        NameRules rules = new NameRules(
                Map.of("small", "ollama/tiny"),
                List.of(new Deprecation("ollama/tiny", DAY, "ollama/less-tiny"), new Deprecation("old", DAY, "auto")));
        NameResolver resolver = resolver(rules, local);
        assertThat(names(resolver.resolve("small", DAY.minusDays(1)))).containsExactly("ollama/tiny");
        Resolved found = resolver.resolve("small", DAY);
        assertThat(names(found)).containsExactly("ollama/less-tiny");
        assertThat(found.resolution().alias()).isEqualTo("ollama/tiny");
        assertThat(resolver.resolve("old", DAY).resolution().match()).isEqualTo(Match.AUTO);
        assertThat(resolver.resolve("old", DAY.minusDays(1)).refusal()).isInstanceOf(UnknownModel.class);
    }

    @Test
    void whatTheOperatorEndsIsNotChosenForOthersEither() {
        NameRules rules = new NameRules(Map.of(), List.of(new Deprecation("openai/gpt-a", DAY, null)));
        CatalogSnapshot snapshot = rules.applyTo(CatalogSnapshot.of(CATALOG, List.of(openai)));
        ModelCard card = snapshot.catalog().card("openai/gpt-a");
        assertThat(card).isNotNull();
        assertThat(card.lifecycle().isRetired(DAY)).isTrue();
        assertThat(card.lifecycle().isRetired(DAY.minusDays(1))).isFalse();
    }

    private static Resolved resolve(String model, Upstream... upstreams) {
        return resolver(NameRules.NONE, upstreams).resolve(model, DAY);
    }

    private static NameResolver resolver(NameRules rules, Upstream... upstreams) {
        CatalogSnapshot snapshot = CatalogSnapshot.of(CATALOG, List.of(upstreams));
        return new NameResolver(rules, RoutingTable.of(rules.applyTo(snapshot)));
    }

    private static List<String> names(Resolved found) {
        assertThat(found.refusal()).isNull();
        return found.pinned().stream()
                .map(entry -> entry.candidate().toString())
                .toList();
    }

    private static String sentence(Resolved found) {
        Refusal refusal = found.refusal();
        assertThat(refusal).isNotNull();
        return refusal.sentence();
    }

    private static Lifecycle ends(Status status, @Nullable LocalDate day, @Nullable String replacement) {
        return new Lifecycle(status, day, replacement);
    }

    private static ModelCard card(String id, String vendor, String wireId, Lifecycle lifecycle) {
        return ModelCard.builder(id, vendor, wireId).lifecycle(lifecycle).build();
    }

    private static Upstream upstream(String id, String vendor) {
        return new Upstream(new NamedProvider(id), vendor);
    }
}
