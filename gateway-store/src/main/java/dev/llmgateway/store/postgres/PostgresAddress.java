package dev.llmgateway.store.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as PostgreSQL's own programs take it: {@code postgres://user:password@host:5432,host2:5432/name?option=value}. Not what
 * the Internet calls a URI: host names may have underscores, and there may be several hosts. Ports and options are not checked.
 *
 * @param hosts one or more, with their ports
 * @param name of the database, and the options behind it, as they are in the address
 */
record PostgresAddress(@Nullable String user, @Nullable String password, String hosts, String name) {

    private static final String HOST = "(?:\\[[\\w:.]+]|[\\p{L}\\p{N}_.-]+)(?::[^:,@/?#]*+)?";

    private static final Pattern SHAPE =
            Pattern.compile("postgres(?:ql)?://(?:(?<user>[^:@/?#]*+)(?::(?<password>[^@/?#]*+))?@)?" + "(?<hosts>"
                    + HOST + "(?:," + HOST + ")*)/(?<name>[^?#]++(?:[?][^#]*+)?)");

    private static final Pattern UNUSABLE = Pattern.compile("[\\s\\p{Cntrl}]|%(?!\\p{XDigit}{2})");

    /** Null when it is none; an exception would show the address. */
    static @Nullable PostgresAddress of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (UNUSABLE.matcher(text).find() || !parts.matches()) {
            return null;
        }
        return new PostgresAddress(
                plain(parts.group("user")), plain(parts.group("password")), parts.group("hosts"), parts.group("name"));
    }

    private static @Nullable String plain(@Nullable String encoded) {
        return encoded == null ? null : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Names the place, never the user or the password. */
    @Override
    public String toString() {
        return hosts;
    }
}
