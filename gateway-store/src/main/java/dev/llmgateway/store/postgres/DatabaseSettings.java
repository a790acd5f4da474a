package dev.llmgateway.store.postgres;

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
     * be, an {@code sslmode} that there is not, an option that the driver would not heed, such as {@code host}. Null for one that may be used. Does not show the address.
     */
    public static @Nullable String expectedInsteadOf(String url) {
        return url.startsWith(JDBC) || PostgresAddress.of(url) != null
                ? AddressCheck.expected(of(url, 1).jdbcUrl)
                : AddressCheck.SHAPE;
    }

    /**
     * Settings from an address as people write it: {@code postgres://user:password@host:5432/name?sslmode=require}, {@code
     * postgresql://...}, with several hosts ({@code host1:5432,host2:5432}) or one, or the driver's own {@code jdbc:postgresql://...}.
     *
     * @throws IllegalArgumentException when it is none; the message does not show the address, which may hold a password
     */
    public static DatabaseSettings of(String url, int maxConnections) {
        if (url.startsWith(JDBC)) {
            return new DatabaseSettings(url, null, null, maxConnections);
        }
        PostgresAddress address = PostgresAddress.of(url);
        if (address == null) {
            throw new IllegalArgumentException("it must look like postgres://user:password@host:5432/name");
        }
        return new DatabaseSettings(
                "jdbc:postgresql://" + address.hosts() + "/" + address.name(),
                address.user(),
                address.password(),
                maxConnections);
    }

    /** Names the place, never the user or the password. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("^jdbc:postgresql:(//)?", "")
                .replaceFirst("[?].*", "")
                .replaceFirst("^.*@", "");
    }
}
