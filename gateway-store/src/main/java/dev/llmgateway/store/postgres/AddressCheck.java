package dev.llmgateway.store.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Finds what the driver would not take of an address, before anybody connects. What it says never shows the address, which may
 * hold a password; nor does it ask the driver to read it, which would log what it does not understand.
 */
final class AddressCheck {

    static final String SHAPE = "expected one like postgres://user:password@host:5432/name";

    private static final String DRIVER = "jdbc:postgresql:";

    private static final int HIGHEST_PORT = 65_535;

    private AddressCheck() {}

    /** What was expected instead; null when there is nothing wrong. */
    static @Nullable String expected(String jdbcUrl) {
        if (!jdbcUrl.startsWith(DRIVER)) {
            return SHAPE;
        }
        String[] parts = jdbcUrl.substring(DRIVER.length()).split("[?]", 2);
        String hosts = parts[0].startsWith("//") ? parts[0].substring(2).split("/", 2)[0] : "";
        if (hosts.contains("@")) {
            return SHAPE;
        }
        if (!Arrays.stream(hosts.split(",")).allMatch(AddressCheck::hasUsablePort)) {
            return "expected a port from 1 to " + HIGHEST_PORT;
        }
        return parts.length == 1 ? null : expectedOptions(parts[1].split("&"));
    }

    private static @Nullable String expectedOptions(String... options) {
        for (String option : options) {
            String expected = expectedOption(option);
            if (expected != null) {
                return expected;
            }
        }
        return null;
    }

    private static boolean hasUsablePort(String host) {
        int colon = host.indexOf(':', host.indexOf(']') + 1);
        if (colon < 0) {
            return true;
        }
        try {
            int port = Integer.parseInt(host.substring(colon + 1));
            return port >= 1 && port <= HIGHEST_PORT;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** What libpq knows and the driver would pass over in silence, is said. */
    private static @Nullable String expectedOption(String option) {
        String[] parts = option.split("=", 2);
        return switch (parts[0]) {
            case "host", "hostaddr", "port", "dbname" ->
                "expected host, port and name in front of the \"?\": the option " + parts[0] + " is not used";
            case "target_session_attrs" -> "expected targetServerType in place of the option " + parts[0];
            default -> expectedValue(parts);
        };
    }

    private static @Nullable String expectedValue(String... parts) {
        PGProperty property = PGProperty.forName(parts[0]);
        if (property == null || property.getChoices() == null) {
            return null;
        }
        List<String> choices = List.of(property.getChoices());
        List<String> values = values(property, parts.length == 1 ? "" : parts[1]);
        return choices.stream().map(AddressCheck::lower).toList().containsAll(values)
                ? null
                : "expected " + property.getName() + " to be one of " + String.join(", ", choices);
    }

    /** Only one option may be a list. What is not well escaped is among no choices. */
    private static List<String> values(PGProperty property, String escaped) {
        try {
            String value = lower(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
            return property == PGProperty.REQUIRE_AUTH ? List.of(value.split(",")) : List.of(value);
        } catch (IllegalArgumentException e) {
            return List.of(escaped);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
