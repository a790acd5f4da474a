package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credentials after {@code Authorization: Basic}, {@code Bearer} and other schemes, and after {@code Bearer} alone. */
record AuthorizationHeader() implements Detector {

    /** RFC 6750's token68, and what vendors put there besides. */
    private static final AsciiSet TOKEN = AsciiSet.of("a-zA-Z0-9._~+/=:@!|-");

    private static final AsciiSet SPACE = AsciiSet.of(" ");
    private static final AsciiSet BLANK = AsciiSet.of(" \t");
    private static final AsciiSet AFTER_OPERATOR = AsciiSet.of(" \t=*>");
    private static final AsciiSet SCHEME = AsciiSet.of("a-zA-Z0-9-");
    private static final AsciiSet QUOTES = AsciiSet.of("\"'`\\");
    private static final AsciiSet CLOSERS = QUOTES.with(AsciiSet.of("*]"));
    private static final AsciiSet OPENERS = QUOTES.with(AsciiSet.of("f$"));
    private static final int LONGEST = 512;
    private static final int LONGEST_SCHEME = 16;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.AUTHORIZATION);
    }

    @Override
    public List<String> anchors() {
        return List.of("authorization", "bearer ");
    }

    @Override
    public boolean specific() {
        return false;
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        boolean header = text.at(to - 1) != ' ';
        int value = header ? afterHeader(text, to) : text.skip(to, SPACE, 2);
        if (value < 0) {
            return null;
        }
        boolean basic = header && isBasic(text, value);
        int end = text.skip(value, TOKEN, LONGEST);
        boolean cut = end - value == LONGEST;
        while (!cut && end > value && ".:!".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        if (end - value < 8) {
            return null;
        }
        ValueShape shape = new ValueShape(text.slice(value, end));
        if (!cut && !(basic ? isBasicCredentials(shape) : isToken(shape, header))) {
            return null;
        }
        return new Match(
                Kind.AUTHORIZATION,
                basic ? "basic-credentials" : "bearer-token",
                header ? 0.95 : 0.8,
                value,
                end,
                cut ? Tail.run(TOKEN) : null,
                true);
    }

    /** Where the credentials begin after the header's name, its colon and the scheme; -1 when they do not. */
    private static int afterHeader(Window text, int to) {
        int i = text.skip(to, CLOSERS, 4);
        i = text.skip(i, BLANK, 4);
        char operator = text.at(i);
        if (operator != ':' && operator != '=' && operator != ',') {
            return -1;
        }
        i = text.skip(i + 1, AFTER_OPERATOR, 8);
        i = text.skip(i, OPENERS, 4);
        int scheme = text.skip(i, SCHEME, LONGEST_SCHEME);
        return text.at(scheme) == ' ' && scheme > i ? text.skip(scheme, SPACE, 2) : i;
    }

    private static boolean isBasic(Window text, int value) {
        char c = text.at(value - 6);
        return (c == 'B' || c == 'b') && text.hasLiteral(value - 5, "asic ");
    }

    private static boolean isToken(ValueShape value, boolean header) {
        return value.length() >= (header ? 12 : 16)
                && value.digits() > 0
                && value.letters() > 0
                && value.entropy() >= Math.min(value.isHex() ? 2.9 : 3.4, 0.78 * Math.log(value.length()) / Math.log(2))
                && !Placeholders.isPlaceholder(value)
                && !value.isName();
    }

    /** Whether it decodes to a name, a colon and a password, or is random enough for a cut-off one. */
    private static boolean isBasicCredentials(ValueShape value) {
        if (Placeholders.isPlaceholder(value)) {
            return false;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(value.text());
            String decoded = new String(bytes, StandardCharsets.ISO_8859_1);
            return decoded.indexOf(':') >= 0 || isToken(value, true);
        } catch (IllegalArgumentException e) {
            return isToken(value, true);
        }
    }
}
