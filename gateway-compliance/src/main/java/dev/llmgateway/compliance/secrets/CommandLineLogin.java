package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credentials in {@code curl -u user:password}, {@code mysql -pX}, {@code sshpass -p X} and the like. */
record CommandLineLogin() implements Detector {

    private static final AsciiSet BLANK = AsciiSet.of(" \t=");
    private static final AsciiSet QUOTES = AsciiSet.of("\"'");
    private static final AsciiSet ENDS = AsciiSet.of("\"'`;|<>)\\");
    private static final Set<String> PLAIN = Set.of("x-oauth-basic", "x-token-auth", "");
    private static final Set<String> CLIENTS = Set.of("curl", "wget", "http", "https", "curl.exe", "httpie", "aria2c");
    private static final Set<String> PROGRAMS = Words.set("""
            mysql mysqldump mysqladmin mariadb sshpass login mongo mongosh clickhouse-client redis-cli sqlcmd
            smbclient
            """);
    /** What nothing but a password can follow. */
    private static final Set<String> PASSWORD_ONLY = Set.of("sshpass");

    private static final int LONGEST = 256;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.PASSWORD);
    }

    @Override
    public List<String> anchors() {
        return List.of(" -u", "--user", "--proxy-user", " -p", " -a");
    }

    @Override
    public boolean specific() {
        return false;
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        char option = text.at(to - 1);
        boolean user = option == 'u' || option == 'r';
        boolean spelled = option == 'r';
        int start = text.skip(to, BLANK, 3);
        if (start == to && (spelled || option == 'a') || text.at(start) == '-') {
            return null;
        }
        return user ? userAndPassword(text, from, start) : password(text, from, start, start > to);
    }

    private static @Nullable Match userAndPassword(Window text, int from, int start) {
        int first = text.skip(start, QUOTES, 1);
        char quote = first > start ? text.at(start) : 0;
        int colon = end(text, first, quote, true);
        if (text.at(colon) != ':' || !Surroundings.isCommand(text, from, CLIENTS)) {
            return null;
        }
        int password = quote == 0 || text.at(colon + 1) == quote ? text.skip(colon + 1, QUOTES, 1) : colon + 1;
        char inner = password > colon + 1 ? text.at(colon + 1) : quote;
        int end = end(text, password, inner, false);
        boolean closed = inner != 0 && text.at(end) == inner;
        return end == password
                ? keyAlone(text, first, colon)
                : judged(text, start, password, end, closed ? end + 1 : end);
    }

    /** A key that is sent as the name of a user without a password. */
    private static @Nullable Match keyAlone(Window text, int start, int end) {
        ValueShape shape = new ValueShape(text.slice(start, end));
        boolean random = shape.length() >= 16 && shape.digits() > 1 && shape.letters() > 1 && !shape.isName();
        return random && !Placeholders.isPlaceholder(shape)
                ? new Match(Kind.PASSWORD, "command-line-password", 0.9, start, end, null, true)
                : null;
    }

    private static @Nullable Match password(Window text, int from, int start, boolean apart) {
        int first = text.skip(start, QUOTES, 1);
        int end = end(text, first, first > start ? text.at(start) : 0, false);
        if (end - first < 6 || !Surroundings.isCommand(text, from, PROGRAMS)) {
            return null;
        }
        ValueShape shape = new ValueShape(text.slice(first, end));
        boolean certain = Surroundings.isCommand(text, from, PASSWORD_ONLY);
        boolean port = shape.digits() == shape.length();
        return port || apart && !certain && (shape.symbols() == 0 && (shape.digits() == 0 || shape.isName()))
                ? null
                : judged(text, first, first, end, end);
    }

    private static @Nullable Match judged(Window text, int start, int password, int end, int closed) {
        if (end - password < 4) {
            return null;
        }
        String user = text.slice(text.skip(start, QUOTES, 1), Math.max(start, password - 1))
                .toLowerCase(Locale.ROOT);
        ValueShape shape = new ValueShape(text.slice(password, end));
        boolean same = user.equals(shape.text().toLowerCase(Locale.ROOT));
        boolean credible = shape.digits() > 0
                || shape.symbols() > 0
                || shape.isScrambledCase()
                || shape.mixedCase() && !shape.isName();
        if (same
                || !credible
                || PLAIN.contains(shape.text())
                || Placeholders.isPlaceholder(shape)
                || user.startsWith("$")
                || Placeholders.isExpression(shape.text())) {
            return null;
        }
        return new Match(Kind.PASSWORD, "command-line-password", 0.9, start, closed, null, true);
    }

    /** Where the word ends that begins at {@code from}, at the first colon if one is looked for. */
    private static int end(Window text, int from, char quote, boolean colon) {
        int i = from;
        while (i - from < LONGEST) {
            char c = text.at(i);
            if (c <= ' ' || c == Window.NONE || c == quote || quote == 0 && ENDS.contains(c) || colon && c == ':') {
                return i;
            }
            i++;
        }
        return i;
    }
}
