package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The password in {@code scheme://user:password@host} (RFC 3986, 3.2.1), in {@code jdbc:oracle:thin:user/password@host}, and in
 * {@code user:password@tcp(host)}. Drivers of databases accept characters there that a URL may not have, so they are read too.
 */
record UrlPassword() implements Detector {

    private static final AsciiSet USER = AsciiSet.of("\\w.~%!$&'*+,;=#{}-".replace("\\w", "a-zA-Z0-9_"));
    private static final AsciiSet IN_WEB_URL = AsciiSet.of("a-zA-Z0-9_.~%!$&'()*+,;=:^|{}[]-");
    private static final AsciiSet IN_DATABASE_URL = IN_WEB_URL.with(AsciiSet.of("#?/"));
    private static final AsciiSet SCHEME = AsciiSet.of("a-zA-Z0-9+.-");
    private static final int LONGEST_USER = 128;
    private static final int LONGEST = 256;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.CONNECTION_STRING);
    }

    @Override
    public List<String> anchors() {
        return List.of("://", ":thin:", "@tcp(", "@unix(");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        return switch (text.at(to - 1)) {
            case '/' -> inUrl(text, from, to);
            case ':' -> inOracleUrl(text, to);
            default -> beforeAddress(text, from);
        };
    }

    private static @Nullable Match inUrl(Window text, int from, int to) {
        int colon = text.skip(to, USER, LONGEST_USER);
        if (text.at(colon) != ':' || !SCHEME.contains(text.at(from - 1))) {
            return null;
        }
        String scheme = text.slice(text.skipBack(from, SCHEME, 20), from);
        boolean web = scheme.startsWith("http") || scheme.startsWith("ws");
        int start = colon + 1;
        int end = end(text, start, web ? IN_WEB_URL : IN_DATABASE_URL);
        if (end < 0 || isPort(text, start)) {
            return null;
        }
        return found(text, text.slice(to, colon), start, end);
    }

    private static @Nullable Match inOracleUrl(Window text, int to) {
        int slash = text.skip(to, AsciiSet.WORD, LONGEST_USER);
        if (slash == to || text.at(slash) != '/') {
            return null;
        }
        int end = end(text, slash + 1, IN_WEB_URL);
        return end < 0 ? null : found(text, text.slice(to, slash), slash + 1, end);
    }

    private static @Nullable Match beforeAddress(Window text, int at) {
        int start = text.skipBack(at, AsciiSet.of("!#-9;-?A-Z^_a-z{|}~"), 80);
        return start == at || text.at(start - 1) != ':' || !AsciiSet.WORD.contains(text.at(start - 2))
                ? null
                : found(text, "", start, at);
    }

    /** The place of the last {@code @} before the host; -1 when there is none. */
    private static int end(Window text, int start, AsciiSet set) {
        int end = -1;
        int limit = start + LONGEST;
        for (int i = start; i <= limit; i++) {
            i = text.skip(i, set, limit - i);
            if (i == limit) {
                return end < 0 ? limit : end;
            }
            if (isLatin(text.at(i))) {
                continue;
            }
            if (text.at(i) != '@' || i == start) {
                return end;
            }
            if (end > 0 && text.slice(end, i).contains("/")) {
                return end;
            }
            end = i;
        }
        return end;
    }

    /** A letter of a European language, with or without accents, as URLs may not have but passwords do. */
    private static boolean isLatin(char c) {
        return c >= '\u00C0' && c < '\u0250';
    }

    private static boolean isPort(Window text, int start) {
        int digits = text.skip(start, AsciiSet.DIGITS, 6);
        return digits > start && "/?#;,".indexOf(text.at(digits)) >= 0;
    }

    private static @Nullable Match found(Window text, String user, int start, int end) {
        if (end - start == LONGEST) {
            return Match.run(Kind.CONNECTION_STRING, "url-password", 0.8, start, end, IN_WEB_URL);
        }
        String password = text.slice(start, end);
        return PasswordTemplates.isReference(password) || PasswordTemplates.areWords(user, password)
                ? null
                : new Match(Kind.CONNECTION_STRING, "url-password", 1, start, end);
    }
}
