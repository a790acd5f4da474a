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

/**
 * {@code password=} among the other parameters of a connection: ADO.NET and ODBC ({@code Server=...;Pwd=...}), libpq
 * ({@code host=... password=...}), and the queries of JDBC URLs.
 */
record ConnectionParameter() implements Detector {

    private static final AsciiSet END = AsciiSet.of(" \t\r\n;&,)\"'`<>\\");
    private static final AsciiSet END_IN_LIST = AsciiSet.of(" \t\r\n;\"'`<>\\");
    private static final AsciiSet END_OF_QUOTED = AsciiSet.of("'\r\n");
    private static final AsciiSet END_OF_DOUBLY_QUOTED = AsciiSet.of("\"\r\n");

    /** What stands before a blank and a name where code names an argument. */
    private static final AsciiSet IN_CODE = AsciiSet.of(" \t\r\n,({[");

    private static final int LONGEST = 256;
    private static final int CONTEXT = 240;

    /** One of these among what is before makes it a connection. */
    private static final List<String> OTHERS = List.of(
            "jdbc:",
            "server=",
            "data source=",
            "user id=",
            "uid=",
            "userid=",
            "host=",
            "dbname=",
            "user=",
            "driver=",
            "endpoint=",
            "initial catalog=",
            "database=",
            "username=",
            "hostaddr=",
            "addr=");

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.CONNECTION_STRING);
    }

    @Override
    public List<String> anchors() {
        return List.of("password", "passwd", "pwd");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (text.at(to) != '=' || AsciiSet.WORD.contains(text.at(from - 1)) || !amongOthers(text, from)) {
            return null;
        }
        AsciiSet end = end(text.at(to + 1), text.at(from - 1));
        int start = end == END_OF_QUOTED || end == END_OF_DOUBLY_QUOTED ? to + 2 : to + 1;
        int i = start;
        while (i < start + LONGEST && text.at(i) != Window.NONE && !end.contains(text.at(i))) {
            i++;
        }
        if (i == start || PasswordTemplates.isReference(text.slice(start, i))) {
            return null;
        }
        return i - start == LONGEST
                ? Match.run(Kind.CONNECTION_STRING, "connection-password", 0.8, start, i, AsciiSet.BASE64_URL)
                : new Match(Kind.CONNECTION_STRING, "connection-password", 1, start, i);
    }

    /** What ends a value that begins with {@code first}, when {@code before} stands before its name. */
    private static AsciiSet end(char first, char before) {
        return switch (first) {
            case '"' -> END_OF_DOUBLY_QUOTED;
            case '\'' -> END_OF_QUOTED;
            default -> before == ';' ? END_IN_LIST : END;
        };
    }

    private static boolean amongOthers(Window text, int from) {
        boolean begins =
                text.at(from - 1) == ' ' ? !IN_CODE.contains(text.at(from - 2)) : ";&?".indexOf(text.at(from - 1)) >= 0;
        if (!begins) {
            return false;
        }
        String before = text.slice(from - CONTEXT, from).toLowerCase(Locale.ROOT);
        return OTHERS.stream().anyMatch(before::contains);
    }
}
