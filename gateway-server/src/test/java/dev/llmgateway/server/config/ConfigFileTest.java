package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.personal.PersonalDetectors;
import dev.llmgateway.providers.ProviderApi;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.routing.Deprecation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final Environment NOTHING_SET = name -> null;

    @TempDir
    private Path directory;

    @Test
    void hasTheManualsDefaultsWhenTheFileIsEmpty() {
        GatewayConfig config = GatewayConfig.defaults();

        assertThat(config.server()).isEqualTo(new ServerConfig("127.0.0.1", 8930, 33_554_432));
        assertThat(config.providers()).isEmpty();
        assertThat(config.resilience())
                .isEqualTo(new ResilienceConfig(
                        new ResilienceConfig.Retry(
                                3,
                                Duration.ofMillis(200),
                                Duration.ofMillis(5000),
                                true,
                                List.of(408, 429, 500, 502, 503, 504),
                                true),
                        new ResilienceConfig.Timeouts(
                                Duration.ofMillis(5000),
                                Duration.ofMillis(120_000),
                                Duration.ofMillis(60_000),
                                null,
                                Duration.ofHours(1),
                                Duration.ofMillis(300_000)),
                        new ResilienceConfig.CircuitBreaker(5, Duration.ofSeconds(60), Duration.ofSeconds(30), 1),
                        new ResilienceConfig.Hedge(false, Duration.ofMillis(300), 10, 512)));
        assertThat(config.sanitization())
                .isEqualTo(new SanitizationConfig(
                        false,
                        new SanitizationConfig.Scan(
                                Set.copyOf(Kind.builtIn()),
                                List.of(),
                                List.of(),
                                PersonalDetectors.PHONE_REGIONS,
                                List.of()),
                        new SanitizationConfig.Input(
                                true, SanitizationConfig.CredentialAction.REDACT, false, false, Map.of()),
                        new SanitizationConfig.Output(false, Action.REDACT, Map.of(), Map.of()),
                        null,
                        SanitizationConfig.MarkingAction.IGNORE));
        assertThat(config.withoutEffect()).isEmpty();
        assertThat(config.notice()).isEmpty();
    }

    @Test
    void hasTheManualsDefaultsForAccessStorageModelsAndOperations() {
        GatewayConfig config = GatewayConfig.defaults();

        assertThat(config.access())
                .isEqualTo(new AccessConfig(
                        new AccessConfig.Auth(true, null),
                        List.of(),
                        new AccessConfig.RateLimit(false, new AccessConfig.Limits(60, 100_000, 10_000, 10), Map.of()),
                        new AccessConfig.ProviderQuota(false, 0.9, Map.of())));
        assertThat(config.storage())
                .isEqualTo(new StorageConfig(
                        new StorageConfig.Database(
                                null, null, 5, true, null, new StorageConfig.SpoolFiles(null, 1L << 30)),
                        new StorageConfig.Cache(
                                false,
                                1000,
                                64 * 1024 * 1024,
                                Duration.ofSeconds(3600),
                                0.3,
                                new StorageConfig.SemanticCache(false, 0.95, null, Duration.ofSeconds(2))),
                        new StorageConfig.Idempotency(Duration.ofHours(24), 10_000, 64 * 1024 * 1024),
                        new StorageConfig.KeptItems(true, Duration.ofHours(24), 64 * 1024 * 1024),
                        new StorageConfig.Cluster(null)));
        assertThat(config.models())
                .isEqualTo(new ModelsConfig(
                        new ModelsConfig.Routing(Duration.ofSeconds(900), null, Map.of(), List.of()),
                        List.of(),
                        new ModelsConfig.Catalog(Duration.ofHours(1)),
                        new ModelsConfig.Signals(false),
                        new ModelsConfig.Shadow(false, 0.01, null)));
        assertThat(config.operations())
                .isEqualTo(new OperationsConfig(
                        new OperationsConfig.Metrics(false),
                        new OperationsConfig.Telemetry(null),
                        new OperationsConfig.Update(OperationsConfig.UpdateMode.MANUAL)));
    }

    @Test
    void readsTheManualsFullExampleOnceItsPremiumTeamHasAKey() throws IOException {
        String example = resource("manual-full-example.toml");
        assertThatThrownBy(() -> parse(example))
                .hasMessageContaining("no tenant: \"premium-team\"")
                .hasMessageContaining("there are default, team-alpha");

        GatewayConfig config = parse(example + "\n[key_map.premium-key]\nlabel = \"Premium Team\"\n");

        assertThat(config.providers())
                .extracting(ProviderConfig::id)
                .containsExactly("anthropic", "openai", "google", "groq", "deepinfra", "local-ollama");
        assertThat(config.providers().getLast().connection().endpoint())
                .isEqualTo(URI.create("http://localhost:11434/v1"));
        assertThat(config.models().routing().aliases())
                .containsEntry("fast", "groq/llama-3.3-70b")
                .hasSize(3);
        assertThat(config.models().routing().deprecations())
                .containsExactly(new Deprecation(
                        "anthropic/claude-3-opus", LocalDate.of(2026, 6, 1), "anthropic/claude-opus-4"));
        assertThat(config.access().rateLimit().tenants())
                .containsEntry("premium-team", new AccessConfig.Limits(300, 500_000, 50_000, 25));
        assertThat(config.access().providerQuota().providers())
                .containsEntry("anthropic", new AccessConfig.Quota(400, 1_000_000));
        assertThat(config.access().virtualKeys())
                .contains(new AccessConfig.VirtualKey(
                        new Secret("team-alpha-key"),
                        "Team Alpha",
                        Map.of(
                                ProviderType.ANTHROPIC, new Secret("sk-ant-alpha-key"),
                                ProviderType.OPENAI, new Secret("sk-alpha-key")),
                        null));
        assertThat(config.sanitization().maxClassification()).isEqualTo(DataClassification.CUI);
        assertThat(config.resilience().hedge().enabled()).isTrue();
    }

    @Test
    void readsEveryKeyOfAProvider() {
        GatewayConfig config = parse("""
                [[providers]]
                id = "azure"
                provider_type = "azure_openai"
                api_key = "key"
                endpoint = "https://example.openai.azure.com/openai?x=1"
                deployment = "gpt-4o"
                api_version = "2025-04-01-preview"
                api = "responses"
                enabled = false
                max_classification = "itar"
                """);

        assertThat(config.providers())
                .containsExactly(new ProviderConfig(
                        "azure",
                        ProviderType.AZURE_OPENAI,
                        false,
                        new ProviderConfig.Connection(
                                new Secret("key"),
                                URI.create("https://example.openai.azure.com/openai?x=1"),
                                "gpt-4o",
                                "2025-04-01-preview",
                                ProviderApi.RESPONSES),
                        DataClassification.ITAR,
                        config.resilience().retry(),
                        config.resilience().circuitBreaker()));
    }

    @Test
    void aProvidersPolicyChangesOnlyWhatItNames() {
        GatewayConfig config = parse("""
                [resilience.default_retry_policy]
                max_attempts = 7
                [resilience.default_circuit_breaker]
                failure_threshold = 9
                [[providers]]
                id = "a"
                provider_type = "openai"
                retry_policy = { jitter = false }
                circuit_breaker_config = { open_duration_secs = 5 }
                """);

        ProviderConfig provider = config.providers().getFirst();
        assertThat(provider.retry().maxAttempts()).isEqualTo(7);
        assertThat(provider.retry().jitter()).isFalse();
        assertThat(provider.circuitBreaker())
                .isEqualTo(new ResilienceConfig.CircuitBreaker(9, Duration.ofSeconds(60), Duration.ofSeconds(5), 1));
    }

    @Test
    void aTenantsLimitsChangeOnlyWhatTheyName() {
        GatewayConfig config = parse(
                "[rate_limit.default_limits]\nrpm = 5\n[rate_limit.tenant_limits.a]\ntpm = 6\n[key_map.k]\nlabel = \"A\"");

        assertThat(config.access().rateLimit().tenants())
                .containsExactly(Map.entry("a", new AccessConfig.Limits(5, 6, 10_000, 10)));
    }

    @Test
    void takesAddressesOfContainersAndOfIpVersion6() {
        for (String address : List.of("http://my_ollama:8000/v1", "http://[::1]:11434/v1", "https://a.b:65535")) {
            GatewayConfig config =
                    parse("[[providers]]\nid = \"a\"\nprovider_type = \"local\"\nendpoint = \"" + address + "\"");

            assertThat(config.providers().getFirst().connection().endpoint()).isEqualTo(URI.create(address));
        }
    }

    @Test
    void readsAModelCard() {
        GatewayConfig config = parse("""
                [[models]]
                id = "openai/x"
                capabilities = ["vision", "tool_use"]
                [models.price]
                input = 2.5
                output = 10
                [[models.price.tiers]]
                above_input_tokens = 200000
                input = 5.0
                """);

        ModelCardConfig card = config.models().cards().getFirst();
        assertThat(card.abilities().capabilities()).isEqualTo(Set.of(Capability.VISION, Capability.TOOL_USE));
        assertThat(card.price().output()).isEqualByComparingTo(BigDecimal.TEN);
        assertThat(card.price().cachedInput()).isNull();
        assertThat(card.price().tiers())
                .containsExactly(new ModelCardConfig.PriceTier(200_000, BigDecimal.valueOf(5.0), null, null));
        assertThat(card.scores().coding()).isNull();
    }

    @Test
    void takesDaysFromTheFileAsAPeriod() {
        assertThat(parse("[database]\nretention_days = 90").storage().database().retention())
                .isEqualTo(Period.ofDays(90));
    }

    @Test
    void putsVariablesIntoTextAndIntoTheNamesOfVirtualKeys() {
        Map<String, String> variables = Map.of("HOST", "localhost", "KEY", "${HOST}", "TEAM", "vk-1");
        GatewayConfig config = ConfigFile.parse("c", """
                [server]
                host = "${HOST}"
                [auth]
                admin_key = "a-${KEY}-$${HOST}-$5"
                [key_map."${TEAM}"]
                """, variables::get);

        assertThat(config.server().host()).isEqualTo("localhost");
        assertThat(config.access().auth().adminKey()).isEqualTo(new Secret("a-${HOST}-${HOST}-$5"));
        assertThat(config.access().virtualKeys().getFirst().key()).isEqualTo(new Secret("vk-1"));
    }

    @Test
    void neverPrintsSecrets() {
        GatewayConfig config = parse("""
                [database]
                url = "postgres://u:hidden@h/d"
                [cluster]
                url = "redis://:hidden@h"
                [auth]
                admin_key = "hidden"
                [[providers]]
                id = "a"
                provider_type = "openai"
                api_key = "hidden"
                [key_map.hidden-key]
                openai_key = "hidden"
                """);

        assertThat(config.toString()).contains("***").doesNotContain("hidden");
    }

    @Test
    void saysWhichSettingsHaveNoEffectYet() {
        GatewayConfig config = parse(
                "[server]\nport = 1\n[metrics]\npublic = true\n[cluster]\nurl = \"redis://h\"\n"
                        + "[resilience]\ntimeout = { connect_ms = 1 }\nhedge = { enabled = true }\n"
                        + "[[providers]]\nid = \"a\"\nprovider_type = \"openai\"\ncircuit_breaker_config = { failure_threshold = 3 }");

        assertThat(config.withoutEffect()).containsExactly("cluster");
        assertThat(config.notice()).contains("These settings have no effect yet: cluster.");
    }

    @Test
    void aTenantIsTheLabelOrElseAHashOfTheKey() {
        GatewayConfig config = parse("""
                [key_map.one]
                label = "Team Alpha (EU)"
                [key_map.two]
                label = "Team Alpha (EU)"
                [key_map.three]
                label = "Größe 7"
                [key_map.four]
                """);

        assertThat(config.access().virtualKeys())
                .extracting(AccessConfig.VirtualKey::tenant)
                .containsExactly("team-alpha-eu", "team-alpha-eu", "größe-7", "key-04efaf080f5a");
    }

    @Test
    void aTenantsLimitsMayStandUnderItsKey() {
        GatewayConfig config = parse("[rate_limit.tenant_limits.team-alpha-key]\nrpm = 7\n"
                + "[rate_limit.tenant_limits.default]\nrpm = 8\n[key_map.team-alpha-key]\nlabel = \"Team Alpha\"");

        assertThat(config.access().rateLimit().tenants())
                .containsOnly(
                        Map.entry("team-alpha", new AccessConfig.Limits(7, 100_000, 10_000, 10)),
                        Map.entry("default", new AccessConfig.Limits(8, 100_000, 10_000, 10)));
    }

    @Test
    void namesTheKindsWhenOneIsUnknown() {
        assertThatThrownBy(() -> parse("[sanitization]\nkinds = [\"emial\"]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'kinds' in [sanitization] has \"emial\", which is no kind of finding")
                .hasMessageContaining("email, phone_number, us_ssn");
        assertThatThrownBy(() -> parse("[sanitization.actions]\nemail = \"block\"\npassport = \"block\""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'passport' in [sanitization.actions] is no kind of finding, line 3")
                .hasMessageContaining("email, phone_number, us_ssn");
        assertThatThrownBy(() -> parse("[sanitization]\nphone_regions = [\"Germany\"]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'phone_regions' in [sanitization] cannot be used, line 2")
                .hasMessageContaining("Germany");
    }

    @Test
    void readsAFileFromDiskWithOrWithoutByteOrderMark() throws IOException {
        Path file = directory.resolve("config.toml");
        Files.writeString(file, "\uFEFF[server]\nport = 1234\n");

        assertThat(ConfigFile.load(file, NOTHING_SET).server().port()).isEqualTo(1234);
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path missing = directory.resolve("missing.toml");
        assertThatThrownBy(() -> ConfigFile.load(missing, NOTHING_SET))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + ": there is no such file: check the path given with --config");
        assertThatThrownBy(() -> ConfigFile.load(directory, NOTHING_SET))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory + ": the file cannot be read: check that it is a file with read permission");

        Path latin = directory.resolve("latin.toml");
        Files.write(latin, "# \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigFile.load(latin, NOTHING_SET))
                .isInstanceOf(ConfigException.class)
                .hasMessage(latin + ": the file is not UTF-8 text: save it as UTF-8");

        Path large = directory.resolve("large.toml");
        Files.write(large, new byte[4 * 1024 * 1024 + 1]);
        assertThatThrownBy(() -> ConfigFile.load(large, NOTHING_SET))
                .isInstanceOf(ConfigException.class)
                .hasMessage(large + ": the file is larger than 4 MiB: is it the right one?");
    }

    private static GatewayConfig parse(String text) {
        return ConfigFile.parse("config.toml", text, NOTHING_SET);
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(ConfigFileTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
