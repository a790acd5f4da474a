package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys without a form of their own, which only the vendor's name before them gives away, in every way to assign a value. */
class VendorAssignmentsTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Kind.builtIn().stream()
                    .filter(it -> it.category() == Category.CREDENTIAL)
                    .toList())
            .build();

    private static final String HEX = "0123456789abcdef";
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String MIXED = PLAIN + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** {@code name} stands for the vendor's, {@code NAME} for the same in capitals, a dollar sign for the key. */
    private static final List<String> SHAPES = List.of(
            "nameToken=\"$\"",
            "nameToken = \"$\"",
            "nameToken=$",
            "nameToken = $",
            "nameToken = '$'",
            "{\n    \"name_token\": \"$\"\n}",
            "{\\n \\\"name_token\\\": \\\"$\\\"}",
            "{\"config.ini\": \"NAME_TOKEN=$\\nBACKUP_ENABLED=true\"}",
            "<nameToken>$</nameToken>",
            "<nameToken>\n    $\n</nameToken>",
            "name_token: $",
            "name_token: '$'",
            "name_token: \"$\"",
            "string nameToken = \"$\";",
            "String nameToken = \"$\";",
            "var nameToken string = \"$\"",
            "var nameToken: string = \"$\"",
            "const nameToken = \"$\";",
            "nameToken := \"$\"",
            "nameToken := `$`",
            "System.setProperty(\"NAME_TOKEN\", \"$\")",
            "config.nameToken .= \"$\"",
            "  \"nameToken\" => \"$\"",
            "NAME_TOKEN ::= \"$\"",
            "NAME_TOKEN :::= \"$\"",
            "NAME_TOKEN ?= \"$\"",
            "name_api_token = \"$\"",
            "name_key=$",
            "ENV NAME_TOKEN $\n",
            "tool --name-token=$ run",
            "tool --name-token $ run");

    static Map<String, String> keys() {
        Random random = new Random(41);
        return Map.ofEntries(
                Map.entry("adafruit", drawn(random, PLAIN, 32)),
                Map.entry("airtable", drawn(random, PLAIN, 17)),
                Map.entry("asana", drawn(random, "0123456789", 16)),
                Map.entry("atlassian", drawn(random, PLAIN, 24)),
                Map.entry("bittrex", drawn(random, PLAIN, 32)),
                Map.entry("cloudflare", drawn(random, HEX, 37)),
                Map.entry("cohere", drawn(random, MIXED, 40)),
                Map.entry("confluence", drawn(random, PLAIN, 24)),
                Map.entry("confluent", drawn(random, PLAIN, 16)),
                Map.entry("datadog", drawn(random, HEX, 32)),
                Map.entry("discord", drawn(random, "0123456789", 18)),
                Map.entry("dropbox", drawn(random, PLAIN, 15)),
                Map.entry("etsy", drawn(random, PLAIN, 24)),
                Map.entry("facebook", drawn(random, HEX, 32)),
                Map.entry("fastly", drawn(random, MIXED + "_-", 32)),
                Map.entry("finicity", drawn(random, PLAIN, 20)),
                Map.entry("jfrog", drawn(random, PLAIN, 73)),
                Map.entry("kucoin", drawn(random, HEX, 24)),
                Map.entry("linear", drawn(random, HEX, 32)),
                Map.entry("linkedin", drawn(random, PLAIN, 14)),
                Map.entry("mattermost", drawn(random, PLAIN, 26)),
                Map.entry("newyorktimes", drawn(random, PLAIN, 32)),
                Map.entry("plaid", drawn(random, HEX, 30)),
                Map.entry("sendbird", drawn(random, HEX, 40)),
                Map.entry("sonar_login", drawn(random, HEX, 40)),
                Map.entry("sumologic", drawn(random, MIXED, 64)),
                Map.entry("sumo", "su" + "eNBYARsFuuRJ"),
                Map.entry("travis", drawn(random, PLAIN, 22)),
                Map.entry("twitch", drawn(random, PLAIN, 30)),
                Map.entry("zendesk", drawn(random, PLAIN, 40)));
    }

    private static String drawn(Random random, String from, int length) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append(from.charAt(random.nextInt(from.length())));
        }
        return key.toString();
    }

    static List<Map.Entry<String, String>> named() {
        return List.copyOf(keys().entrySet());
    }

    @ParameterizedTest
    @MethodSource("named")
    void findsTheKeyInEveryWayToAssignIt(Map.Entry<String, String> named) {
        for (String shape : SHAPES) {
            String text = shape.replace("NAME", named.getKey().toUpperCase(Locale.ROOT))
                    .replace("name", named.getKey())
                    .replace("$", named.getValue());
            List<Finding> findings = SCANNER.scan(text);
            assertThat(findings).as(text).hasSize(1);
            assertThat(text.substring(
                            findings.getFirst().start(), findings.getFirst().end()))
                    .as(text)
                    .isEqualTo(named.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sonar.projectKey=org.example:service-backend-2",
                "sonar.login=${SONAR_TOKEN}",
                "discord = 00000000000000000000",
                "\"sentry\": \"^7.12.1\", \"confluence\": \"1.1130.0\"",
                "segment = \"customers-2024-q1-enterprise\"",
                "sumologic_access_id = \"\"",
                "linear-gradient(to right, rgba(255,255,255,0) 0%, #00ff00 100%)",
                "zendesk_ticket_url = \"https://acme.zendesk.com/agent/tickets/12345678\"",
                "import com.datadog.api.client.v1.model.DashboardWidget2;",
                "\"confluence_space\": \"engineering-handbook-2024\""
            })
    void leavesWhatIsNoKey(String text) {
        assertThat(SCANNER.scan(text)).isEmpty();
    }
}
