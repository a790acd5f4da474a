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

/**
 * A signed or encrypted JSON web token (RFC 7515, RFC 7516): parts in base 64 with dots between them, the first of which begins as an
 * object of JSON does, in whatever way its blanks are written.
 */
record JsonWebToken() implements Detector {

    private static final AsciiSet PART = AsciiSet.of("A-Za-z0-9_=+/-");

    /** How the first quotation mark of an object comes out in base 64, with blanks before it or not. */
    private static final List<String> OBJECTS = List.of("eyJ", "eyAi", "ewog", "ewoi", "ewoJ", "ew0K");

    private static final int SHORTEST_HEADER = 12;
    private static final int LONGEST_HEADER = 640;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.JWT);
    }

    @Override
    public List<String> anchors() {
        return List.of("eyj", "eyai", "ewog", "ewoi", "ewoj", "ew0k");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (!Escapes.startsToken(text, from) || !beginsObject(text, from)) {
            return null;
        }
        int header = text.skip(from, PART, LONGEST_HEADER);
        if (header - from == LONGEST_HEADER) {
            return saysAlgorithm(text.slice(from, from + 64)) ? found(from, header, 4) : null;
        }
        if (header - from < SHORTEST_HEADER || text.at(header) != '.') {
            return null;
        }
        int payload = header + 1;
        boolean object = beginsObject(text, payload);
        int certain = text.skip(payload, PART, object ? 10 : 16);
        if (object && certain - payload == 10) {
            return found(from, certain, 1);
        }
        return !object && isSealed(text, payload, certain) && saysAlgorithm(text.slice(from, header))
                ? found(from, certain, 3)
                : null;
    }

    /** Whether it can be the second part of a token that shows no object there: the key, which may be empty, or a hidden payload. */
    private static boolean isSealed(Window text, int payload, int certain) {
        return certain - payload == 16
                || certain == payload && text.at(payload) == '.' && PART.contains(text.at(payload + 1));
    }

    private static Match found(int from, int certain, int dots) {
        return new Match(Kind.JWT, "json-web-token", 1, from, certain, new Parts(dots), false);
    }

    private static boolean beginsObject(Window text, int from) {
        return OBJECTS.stream().anyMatch(it -> text.hasLiteral(from, it));
    }

    private static boolean saysAlgorithm(String header) {
        String json = decoded(header);
        return json.contains("\"alg\"")
                || json.contains("\"enc\"")
                || json.contains("\"typ\"")
                || json.contains("\"kid\"");
    }

    /** What can be decoded, in ASCII; nothing when it is no base 64. */
    static String decoded(String base64) {
        String url = base64.replace('+', '-').replace('/', '_').replace("=", "");
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(url.substring(0, url.length() - url.length() % 4));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * The rest of the parts. The state has the number of dots before in its upper bits and in the lower four the dots and hyphens
     * just read, which are the sentence's when nothing follows.
     */
    private record Parts(int dots) implements Tail {

        @Override
        public int next(int state, char c) {
            if (c == '.') {
                return state >> 4 == dots ? STOP : ((state >> 4) + 1) << 4 | Math.min((state & 15) + 1, 15);
            }
            if (!PART.contains(c) || c == '-' && (state & 15) == 15) {
                return STOP;
            }
            return c == '-' ? state + 1 : state & ~15;
        }

        @Override
        public boolean belongs(int state) {
            return (state & 15) == 0;
        }
    }

    /** A token that was put into base 64 once more. */
    record Wrapped() implements Detector {

        private static final int CERTAIN = 48;

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.JWT);
        }

        @Override
        public List<String> anchors() {
            return List.of("zxlk");
        }

        @Override
        public @Nullable Match match(Window text, int from, int to) {
            if (!text.hasLiteral(from, "ZXlK") || !Escapes.startsToken(text, from)) {
                return null;
            }
            int certain = text.skip(from, PART, CERTAIN);
            if (certain - from < CERTAIN || !isToken(decoded(text.slice(from, certain)))) {
                return null;
            }
            return new Match(Kind.JWT, "json-web-token-base64", 1, from, certain, new TokenTail(PART), false);
        }

        private static boolean isToken(String inner) {
            return inner.chars().allMatch(c -> c < 128 && (PART.contains((char) c) || c == '.'))
                    && decoded(inner.substring(0, 16)).startsWith("{\"");
        }
    }
}
