package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator reads when the file is wrong; each message stands here in full. */
class ConfigErrorsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "sk-very-secret", "EMPTY", "", "TWO", "a\nb");

    private static final String PROVIDER_TYPES =
            "\"anthropic\", \"openai\", \"google\", \"deep_infra\", \"groq\", \"azure_openai\", \"local\"";

    @Test
    void namesTheNearestKeyForAnUnknownOne() {
        refuses("[server]\n# a comment\nprot = 8930", "unknown key 'prot' in [server], line 3: did you mean 'port'?");
    }

    @Test
    void listsTheKeysWhenNoneIsNear() {
        refuses(
                "[server]\ncolour = 1",
                "unknown key 'colour' in [server], line 2: known here: host, max_body_bytes, port");
    }

    @Test
    void namesTheNearestSectionForAnUnknownOne() {
        refuses("\n[sever]\nport = 1", "unknown section [sever], line 2: did you mean 'server'?");
        refuses("[[provider]]\nid = \"a\"", "unknown section [provider], line 1: did you mean 'providers'?");
        refuses(
                "[resilience.timeouts]\nconnect_ms = 1",
                "unknown key 'timeouts' in [resilience], line 1: did you mean 'timeout'?");
    }

    @Test
    void findsUnknownKeysInEveryKindOfSection() {
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"openai\"\napikey = \"x\"",
                "unknown key 'apikey' in [[providers]], line 4: did you mean 'api_key'?");
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"openai\"\nretry_policy = { max_atempts = 2 }",
                "unknown key 'max_atempts' in [providers.retry_policy], line 4: did you mean 'max_attempts'?");
        refuses(
                "[rate_limit.tenant_limits.default]\nrmp = 2",
                "unknown key 'rmp' in [rate_limit.tenant_limits.*], line 2: did you mean 'rpm'?");
    }

    @Test
    void saysWhichTypeIsExpected() {
        refuses(
                "[server]\nport = \"8930\"",
                "wrong type for 'port' in [server], line 2: expected a whole number from 0 to 65535, found text");
        refuses(
                "[server]\nhost = 1",
                "wrong type for 'host' in [server], line 2: expected text in quotes, found a whole number");
        refuses(
                "[cache]\nenabled = \"yes\"",
                "wrong type for 'enabled' in [cache], line 2: expected true or false, found text");
        refuses(
                "[cache]\ntemperature_threshold = \"0.3\"",
                "wrong type for 'temperature_threshold' in [cache], line 2: expected a number from 0 to 2, found text");
        refuses(
                "[resilience.default_retry_policy]\nretryable_statuses = 500",
                "wrong type for 'retryable_statuses' in [resilience.default_retry_policy], line 2:"
                        + " expected a list of whole numbers from 400 to 599, found a whole number");
    }

    @Test
    void saysWhichKindOfSectionIsExpected() {
        refuses(
                "server = 1",
                "wrong type for 'server' at the top level, line 1: expected a section [server], found a whole number");
        refuses(
                "[providers]\nid = \"a\"",
                "wrong type for 'providers' at the top level, line 1:"
                        + " expected sections that each begin with [[providers]], found a section");
        refuses("providers = [1]", "wrong entry in 'providers', line 1: expected a section [[providers]]");
        refuses(
                "key_map = 1",
                "wrong type for 'key_map' at the top level, line 1: expected sections [key_map.*], found a whole number");
    }

    @Test
    void aQuotaIsForAProviderThatThereIs() {
        String provider = "[[providers]]\nid = \"openai\"\nprovider_type = \"openai\"\napi_key = \"k\"\n";
        refuses(
                provider + "[provider_quota.provider_limits.opnai]\nrpm = 5",
                "the name of [provider_quota.provider_limits.*] is \"opnai\", which is no configured provider, line 5:"
                        + " did you mean \"openai\"?");
        refuses(
                provider + "[provider_quota.provider_limits.mistral]\nrpm = 5",
                "the name of [provider_quota.provider_limits.*] is \"mistral\", which is no configured provider, line 5:"
                        + " expected the id of one of [[providers]]: openai");
        refuses(
                provider + "[provider_quota.provider_limits.openai]\nrpm = 0",
                "'rpm' in [provider_quota.provider_limits.*] is out of range, line 6:"
                        + " expected a whole number from 1 to 2147483647, found 0");
    }

    @Test
    void saysWhichRangeIsAllowed() {
        refuses(
                "[server]\nport = 65536",
                "'port' in [server] is out of range, line 2: expected a whole number from 0 to 65535, found 65536");
        refuses(
                "[provider_quota]\ndeprioritize_threshold = 1.1",
                "'deprioritize_threshold' in [provider_quota] is out of range, line 2: expected a number from 0 to 1, found 1.1");
        refuses(
                "[cache]\ntemperature_threshold = nan",
                "'temperature_threshold' in [cache] is out of range, line 2: expected a number from 0 to 2, found NaN");
        refuses(
                "[rate_limit.default_limits]\nrpm = 0",
                "'rpm' in [rate_limit.default_limits] is out of range, line 2:"
                        + " expected a whole number from 1 to 2147483647, found 0");
        refuses(
                "[resilience.timeout]\nconnect_ms = -1",
                "'connect_ms' in [resilience.timeout] is out of range, line 2:"
                        + " expected a whole number from 1 to 86400000 (milliseconds), found -1");
        refuses(
                "[resilience.default_retry_policy]\nretryable_statuses = [500, 200]",
                "'retryable_statuses' in [resilience.default_retry_policy] has a wrong entry, line 2:"
                        + " expected a list of whole numbers from 400 to 599");
        refuses(
                "[resilience.default_retry_policy]\nbase_delay_ms = 6000",
                "'base_delay_ms' in [resilience.default_retry_policy] is longer than max_delay_ms (5000), line 2:"
                        + " make it at most as long");
    }

    @Test
    void blamesAWrongDefaultOnceAndNotEveryProviderToo() {
        refuses(
                "[resilience.default_retry_policy]\nmax_delay_ms = 100\n[[providers]]\nid = \"a\"\nprovider_type = \"openai\"",
                "'base_delay_ms' in [resilience.default_retry_policy] is longer than max_delay_ms (100), line 1:"
                        + " make it at most as long");
    }

    @Test
    void saysWhichWordsThereAre() {
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"antropic\"",
                "unknown value \"antropic\" for 'provider_type' in [[providers]], line 3: did you mean \"anthropic\"?"
                        + " It is one of " + PROVIDER_TYPES);
        refuses(
                "[update]\nmode = \"sometimes\"",
                "unknown value \"sometimes\" for 'mode' in [update], line 2: it is one of \"manual\", \"auto\"");
        refuses(
                "[[models]]\nid = \"a/b\"\ncapabilities = [\"vision\",\n \"visions\"]",
                "unknown value \"visions\" for 'capabilities' in [[models]], line 4: did you mean \"vision\"? It is one of"
                        + " \"tool_use\", \"streaming\", \"extended_thinking\", \"vision\", \"json_mode\", \"citations\","
                        + " \"embeddings\", \"batch\"");
        refuses(
                "[sanitization.actions]\nemail = \"hide\"",
                "unknown value \"hide\" for 'email' in [sanitization.actions], line 2:"
                        + " it is one of \"redact\", \"block\", \"log_only\"");
    }

    @Test
    void refusesPatternsThatCannotBeUsed() {
        refuses(
                "[sanitization.patterns.emp]\nmax_length = 10\nregex = '[0-9]*'",
                "'regex' in [sanitization.patterns.*] cannot be used, line 3: the pattern for \"emp\" can match the empty"
                        + " string, and would be found everywhere; it must need at least one character, as in a+ instead of a*");
        refuses(
                "[sanitization]\nkinds = [\"email\"]\n[sanitization.request_actions]\niban = \"block\"",
                "'iban' in [sanitization.request_actions] is not looked for, line 4:"
                        + " add it to 'kinds' of [sanitization], or leave 'kinds' out");
        refuses(
                "[sanitization.patterns.emp]\nregex = '(?=a)b'",
                "'regex' in [sanitization.patterns.*] cannot be used, line 2: the pattern for \"emp\" is no regular expression of"
                        + " RE2 (which has no look-around and no back references): invalid or unsupported Perl syntax: (?=");
        refuses(
                "[sanitization.patterns.email]\nregex = 'a'",
                "the name of [sanitization.patterns.*] is that of a built-in kind, line 1: choose another, as in own_email");
        refuses(
                "[sanitization.patterns.Emp]\nregex = 'a'",
                "the name of [sanitization.patterns.*] cannot be that of a kind, line 1: a kind's id has 1 to 40 lower-case"
                        + " letters, digits and underscores, this is: \"Emp\"");
        refuses(
                "[sanitization.patterns.emp]\nmax_length = 2000\nregex = 'a'",
                "'max_length' in [sanitization.patterns.*] is out of range, line 2: expected a whole number from 1 to 1024,"
                        + " found 2000");
        refuses(
                "[sanitization.patterns.emp]",
                "missing key 'regex' in [sanitization.patterns.*], line 1: write what is looked for, as in regex ="
                        + " 'EMP-[0-9]{6}'");
    }

    @Test
    void refusesProvidersThatCannotWork() {
        refuses(
                "[[providers]]\nprovider_type = \"openai\"",
                "missing key 'id' in [[providers]], line 1: every provider needs a name of its own, as in id = \"openai\"");
        refuses(
                "[[providers]]\nid = \"a\"",
                "missing key 'provider_type' in [[providers]], line 1: it is one of " + PROVIDER_TYPES);
        refuses(
                "[[providers]]\nid = \"a/b\"\nprovider_type = \"openai\"",
                "'id' in [[providers]] has a character that ids cannot have, line 2: use letters, digits, '.', '_' and '-'");
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"openai\"\n[[providers]]\nid = \"a\"\nprovider_type = \"groq\"",
                "'id' in [[providers]] is taken by another provider, line 5: every provider needs an id of its own");
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"azure_openai\"",
                "missing key 'endpoint' in [[providers]], line 1: provider_type \"azure_openai\" has no default address");
        refuses(
                "[[providers]]\nid = \"a\"\nprovider_type = \"local\"",
                "missing key 'endpoint' in [[providers]], line 1: provider_type \"local\" has no default address");
    }

    @Test
    void refusesBadAddresses() {
        String remedy = "expected http://host or https://host, without user or password";
        for (String address : new String[] {
            "localhost:1", "ftp://a", "http://", "http://a b", "https://u:p@a", "http://a#b", "http://a:65536"
        }) {
            refuses(
                    "[[providers]]\nid = \"a\"\nprovider_type = \"local\"\nendpoint = \"" + address + "\"",
                    "'endpoint' in [[providers]] is not a usable address, line 4: " + remedy);
        }
        refuses(
                "[database]\nurl = \"postgres://u:p@host:99999/name\"",
                "'url' in [database] is not a usable address, line 2: expected a port from 1 to 65535");
        refuses(
                "[database]\nurl = \"postgres://u:p@host/name?sslmode=bogus\"",
                "'url' in [database] is not a usable address, line 2: expected sslmode to be one of disable, allow,"
                        + " prefer, require, verify-ca, verify-full");
        refuses(
                "[database]\nurl = \"mysql://u:p@host\"",
                "'url' in [database] is not a usable address, line 2:"
                        + " expected it to begin with postgres:// or postgresql:// or jdbc:postgresql://");
        refuses(
                "[server]\nhost = \"http://localhost\"",
                "'host' in [server] is not a host name or address, line 2: expected one without scheme, port or path");
    }

    @Test
    void refusesAliasesAndDeprecationsThatLeadNowhere() {
        refuses(
                "[model_routing.aliases]\nfast = \" \"",
                "'fast' in [model_routing.aliases] is empty, line 2: write a value or leave the key out");
        refuses(
                "[model_routing.aliases]\ngpt-4.1 = \"openai/gpt-4.1\"",
                "wrong type for 'gpt-4' in [model_routing.aliases], line 2:"
                        + " expected text in quotes (a name with a dot stands in quotes too), found a section");
        refuses(
                "[[model_routing.deprecations]]\nmodel = \"a\"\nsunset_date = \"1 June 2026\"",
                "'sunset_date' in [[model_routing.deprecations]] is not a date, line 3:"
                        + " expected year-month-day as in \"2026-06-01\"");
        refuses(
                "[[model_routing.deprecations]]\nmodel = \"a\"\nsunset_date = 2026",
                "wrong type for 'sunset_date' in [[model_routing.deprecations]], line 3:"
                        + " expected a date as in \"2026-06-01\", found a whole number");
        refuses(
                "[[model_routing.deprecations]]\nmodel = \"a\"",
                "missing key 'sunset_date' in [[model_routing.deprecations]], line 1: write the day as in \"2026-06-01\"");
        refuses(
                "[[model_routing.deprecations]]\nmodel = \"a\"\nsunset_date = 2026-06-01\n"
                        + "[[model_routing.deprecations]]\nmodel = \"a\"\nsunset_date = 2026-06-01",
                "'model' in [[model_routing.deprecations]] has another deprecation already, line 5: keep one of them");
    }

    @Test
    void refusesFeaturesThatLackTheirModel() {
        refuses(
                "[shadow]\nenabled = true",
                "missing key 'model' in [shadow], line 1: name the model that gets the copies");
        refuses(
                "[cache]\nenabled = true\n[cache.semantic]\nenabled = true",
                "missing key 'embedder' in [cache.semantic], line 3: the semantic cache needs an embedding model");
        refuses(
                "[[providers]]\nid = \"openai\"\nprovider_type = \"openai\"\n"
                        + "[cache.semantic]\nenabled = true\nembedder = \"openai/small\"",
                "'enabled' in [cache.semantic] needs the exact cache, line 5: set enabled = true in [cache] too");
    }

    @Test
    void refusesEmbeddersThatAreNone() {
        refusesEmbedder(
                "small",
                "names no model, line 7: write \"<provider id>/<model>\", as in \"openai/text-embedding-3-small\"");
        refusesEmbedder(
                "other/small",
                "names a provider that is not configured, line 7: the part before the slash is the id of one of"
                        + " [[providers]], as in \"openai/text-embedding-3-small\"");
        refusesEmbedder(
                "claude/small",
                "names a provider of type anthropic, which has no embedding models, line 7: name one of type openai,"
                        + " google, deep_infra, azure_openai, local, as in \"openai/text-embedding-3-small\"");
        refuses(
                "[cache.semantic]\nsimilarity_threshold = 1.5",
                "'similarity_threshold' in [cache.semantic] is out of range, line 2:"
                        + " expected a number from 0 to 1, found 1.5");
    }

    private static void refusesEmbedder(String name, String isWrong) {
        refuses(
                "[[providers]]\nid = \"claude\"\nprovider_type = \"anthropic\"\n[cache]\nenabled = true\n"
                        + "[cache.semantic]\nembedder = \"" + name + "\"\nenabled = true",
                "'embedder' in [cache.semantic] " + isWrong);
    }

    @Test
    void refusesCardsThatContradictThemselves() {
        refuses(
                "[[models]]\nid = \"gpt-4o\"",
                "'id' in [[models]] is not of the form provider/model, line 2: write it as in \"openai/gpt-4o\"");
        refuses(
                "[[models]]\nid = \"a/b\"\n[[models]]\nid = \"a/b\"",
                "'id' in [[models]] is taken by another card, line 4: keep one of them");
        refuses(
                "[[models]]\nid = \"a/b\"\nprice = { input = -1.0 }",
                "'input' in [models.price] is out of range, line 3: expected a number from 0 to 1000000, found -1.0");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        refuses(
                "[auth]\nadmin_key = \"${MISSING}\"",
                "cannot read 'admin_key' in [auth], line 2:"
                        + " environment variable 'MISSING' is not set; set it or write the value here");
        refuses(
                "[auth]\nadmin_key = \"${not a name}\"",
                "cannot read 'admin_key' in [auth], line 2:"
                        + " expected a variable's name as in ${OPENAI_API_KEY}; write $${ for a plain ${");
        refuses(
                "[auth]\nadmin_key = \"${EMPTY}\"",
                "'admin_key' in [auth] is empty, line 2: write a value or leave the key out");
        refuses(
                "[auth]\nadmin_key = \"${TWO}\"",
                "'admin_key' in [auth] has a control character, line 2: write it as one plain line");
    }

    @Test
    void neverShowsSecretsOrTheValuesOfVariables() {
        refuses(
                "[update]\nmode = \"${KEY}\"",
                "unknown value \"${KEY}\" for 'mode' in [update], line 2: it is one of \"manual\", \"auto\"");
        refuses(
                "[key_map]\nsk-very-secret = \"x\"",
                "wrong entry in [key_map], line 2: expected a section [key_map.*]");
        refuses(
                "[key_map.sk-very-secret]\nlable = \"x\"",
                "unknown key 'lable' in [key_map.*], line 2: did you mean 'label'?");
        refuses(
                "[key_map.sk-very-secret]\n[key_map.sk-very-secret]",
                "not valid TOML, line 2, column 1: defined twice, first at line 1, column 1");
        refuses(
                "[auth]\nadmin_key = 12sk-very-secret",
                "not valid TOML, line 2, column 15: unexpected text, expected a newline or end-of-input");
        refuses(
                "[auth]\nadmin_key = \"sk-very-secret\"\n[key_map.\"${KEY}\"]",
                "'admin_key' in [auth] is a virtual key of [key_map] too, line 2: management needs a key of its own");
        refuses(
                "[key_map.sk-very-secret]\n[key_map.\"${KEY}\"]",
                "the name of [key_map.*] is the same key as that of another entry, line 2: every caller needs a key of its own");
    }

    @Test
    void saysWhichLimitsAndTenantsCannotBe() {
        refuses(
                "[rate_limit.default_limits]\nrpm = 0",
                "'rpm' in [rate_limit.default_limits] is out of range, line 2: expected a whole number from 1 to 2147483647, found 0");
        refuses(
                "[rate_limit.tenant_limits.default]\nconcurrent = -3",
                "'concurrent' in [rate_limit.tenant_limits.*] is out of range, line 2: expected a whole number from 1 to 2147483647, found -3");
        refuses(
                "[key_map.k]\nlabel = \"Team Alpha\"\n[rate_limit.tenant_limits.team-alhpa]\nrpm = 1",
                "the name of [rate_limit.tenant_limits.*] is no tenant: \"team-alhpa\", line 3:"
                        + " did you mean \"team-alpha\"? there are default, team-alpha"
                        + " (a tenant is the label of an entry of [key_map] in lower case, with hyphens)");
        refuses(
                "[key_map.k]\nlabel = \"Team Alpha\"\n[sanitization.tenant_actions.team-alhpa]\nemail = \"block\"",
                "the name of [sanitization.tenant_actions.*] is no tenant: \"team-alhpa\", line 3:"
                        + " did you mean \"team-alpha\"? there are default, team-alpha"
                        + " (a tenant is the label of an entry of [key_map] in lower case, with hyphens)");
        refuses(
                "[key_map.k]\nlabel = \"A\"\n[rate_limit.tenant_limits.a]\n[rate_limit.tenant_limits.k]",
                "the name of [rate_limit.tenant_limits.*] means a tenant that another section has limits for, line 4:"
                        + " give each tenant one section");
        refuses(
                "[key_map.k]\nlabel = \"Team A\"\n[key_map.l]\nlabel = \"team-a\"",
                "'label' in [key_map.*] means the tenant \"team-a\", as the label \"Team A\" does, line 4:"
                        + " write labels of one tenant alike, and let those of different ones differ in letters or digits");
        refuses(
                "[key_map.k]\nlabel = \"!\"",
                "'label' in [key_map.*] has neither a letter nor a digit, line 2: the tenant's id is made of them");
        String plainly = "use letters, digits and other printable ASCII characters without blanks";
        refuses(
                "[key_map.\"two words\"]",
                "the name of [key_map.*] has characters that no header can carry, line 1: " + plainly);
        refuses(
                "[key_map.k]\nopenai_key = \"schl\u00fcssel\"",
                "'openai_key' in [key_map.*] has characters that no header can carry, line 2: " + plainly);
    }

    @Test
    void saysWhereTheFileIsNoToml() {
        refuses(
                "[server]\nport = ",
                "not valid TOML, line 2, column 8: Unexpected end of input, expected a value (text stands in quotes)");
        refuses("[server\n", "not valid TOML, line 1, column 8: Unexpected end of line, expected ]");
        refuses("[server]\nport = 99999999999999999999", "not valid TOML, line 2, column 8: Integer is too large");
    }

    @Test
    void reportsEverythingThatIsWrongAtOnceInTheOrderOfTheFile() {
        String text = "[cache]\nttl_secs = 0\n[server]\nprot = 1\nhost = 2\n";

        ConfigException problem = problemOf(text);

        assertThat(problem)
                .hasMessage(
                        "config.toml has 3 problems:\n"
                                + "  - 'ttl_secs' in [cache] is out of range, line 2: expected a whole number from 1 to 31536000 (seconds), found 0\n"
                                + "  - unknown key 'prot' in [server], line 4: did you mean 'port'?\n"
                                + "  - wrong type for 'host' in [server], line 5: expected text in quotes, found a whole number");
        assertThat(problem.problems()).hasSize(3);
    }

    private static void refuses(String text, String message) {
        assertThat(problemOf(text)).hasMessage("config.toml: " + message);
    }

    private static ConfigException problemOf(String text) {
        ConfigException problem = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.parse("config.toml", text, ENVIRONMENT::get));
        assertThat(problem).as(text).isNotNull();
        assertThat(problem.toString()).doesNotContain("sk-very-secret");
        return problem;
    }
}
