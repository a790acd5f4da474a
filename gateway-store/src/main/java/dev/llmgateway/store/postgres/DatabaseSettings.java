package dev.llmgateway.store.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is.
 *
 * @param jdbcUrl begins with {@code jdbc:postgresql:}
 * @param user null when the address says it
 * @param password null when the address says it, or none is needed
 * @param maxConnections 1 or more
 */
public record DatabaseSettings(
        String jdbcUrl, @Nullable String user, @Nullable String password, int maxConnections) {

    private static final String JDBC = "jdbc:";

    /**
     * What is expected instead of an address that cannot be used, whatever database is there: no address at all, a port that cannot
     * be, an {@code sslmode} that there is not. Null for one that may be used. Does not show the address.
     */
    public static @Nullable String expectedInsteadOf(String url) {
        return url.startsWith(JDBC) || parse(url) != null
                ? AddressCheck.expected(of(url, 1).jdbcUrl)
                : AddressCheck.SHAPE;
    }

    /**
     * Settings from an address as people write it: {@code postgres://user:password@host:5432/name?sslmode=require}, {@code
     * postgresql://...}, or the driver's own {@code jdbc:postgresql://...}.
     *
     * @throws IllegalArgumentException when it is none; the message does not show the address, which may hold a password
     */
    public static DatabaseSettings of(String url, int maxConnections) {
        if (url.startsWith(JDBC)) {
            return new DatabaseSettings(url, null, null, maxConnections);
        }
        URI address = parse(url);
        if (address == null) {
            throw new IllegalArgumentException("it must look like postgres://user:password@host:5432/name");
        }
        String[] who = address.getRawUserInfo() == null
                ? new String[0]
                : address.getRawUserInfo().split(":", 2);
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return new DatabaseSettings(
                "jdbc:postgresql://" + address.getHost() + port + address.getRawPath() + query,
                who.length > 0 ? plain(who[0]) : null,
                who.length > 1 ? plain(who[1]) : null,
                maxConnections);
    }

    /** Null when it is none; an exception would show the address. */
    private static @Nullable URI parse(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null && address.getRawPath().length() > 1 ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String plain(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Names the place, never the user or the password. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("^jdbc:postgresql:(//)?", "")
                .replaceFirst("[?].*", "")
                .replaceFirst("^.*@", "");
    }
}
