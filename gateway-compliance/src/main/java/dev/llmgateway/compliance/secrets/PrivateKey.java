package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key in armour (RFC 7468 and what came before: PEM, OpenSSH, PGP, SSH2), whole or cut off. The first line decides: what
 * follows is left out to the last line, or as long as it can be of the key.
 */
record PrivateKey() implements Detector {

    private static final AsciiSet LABEL = AsciiSet.of("A-Za-z0-9 _");
    private static final AsciiSet DASH = AsciiSet.of("-");
    private static final AsciiSet LINE_END = AsciiSet.of("\r\n\\");
    private static final AsciiSet LINE_BREAK = AsciiSet.of(" \r\n");
    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_LINE = 100;
    private static final int MOST_HEADERS = 5;

    /** No key is shorter; what ends sooner only shows how one looks. */
    private static final int SHORTEST = 40;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.PRIVATE_KEY);
    }

    @Override
    public List<String> anchors() {
        return List.of("----begin", "---- begin");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        int labelled = text.skip(to, LABEL, LONGEST_LABEL);
        String label = text.slice(to, labelled).toUpperCase(Locale.ROOT);
        int body = text.skip(labelled, DASH, 10);
        if (!isPrivate(label) || endsSoon(text, body)) {
            return null;
        }
        int start = text.skipBack(from, DASH, 4);
        return new Match(Kind.PRIVATE_KEY, "private-key", 1, start, afterHeaders(text, body), new ArmorTail(), false);
    }

    private static boolean isPrivate(String label) {
        return label.contains("PRIVATE KEY") || label.contains("STATIC KEY");
    }

    private static boolean endsSoon(Window text, int body) {
        for (int i = body; i <= body + SHORTEST; i++) {
            char c = text.at(i);
            if (c == Window.NONE) {
                return false;
            }
            if (c == 'E'
                    && text.hasLiteral(i, "END ")
                    && (i == body || text.at(i - 1) == '-' || text.at(i - 2) == '-')) {
                return true;
            }
        }
        return false;
    }

    /** After the lines such as {@code Proc-Type: 4,ENCRYPTED} that a key can begin with. */
    private static int afterHeaders(Window text, int body) {
        int end = body;
        for (int i = 0; i < MOST_HEADERS; i++) {
            int start = lineStart(text, end);
            int lineEnd = headerEnd(text, start);
            if (lineEnd < 0) {
                return end;
            }
            end = lineEnd;
        }
        return end;
    }

    private static int lineStart(Window text, int end) {
        int i = text.skip(end, LINE_BREAK, 4);
        while (i < end + 8 && text.at(i) == '\\' && (text.at(i + 1) == 'n' || text.at(i + 1) == 'r')) {
            i += 2;
        }
        return i;
    }

    /** The end of the header that begins here; -1 when it is none. */
    private static int headerEnd(Window text, int start) {
        int name = text.skip(start, AsciiSet.BASE64_URL, 30);
        if (name == start || text.at(name) != ':') {
            return -1;
        }
        for (int i = name; i < name + LONGEST_LINE; i++) {
            char c = text.at(i);
            if (c == Window.NONE || LINE_END.contains(c)) {
                return i;
            }
        }
        return -1;
    }

    /** The inside of a key without its armour, which begins as its format says. */
    record Bare(Shape shape) implements Detector {

        /** PKCS 1 and 8 for RSA and elliptic curves, OpenSSH, and a whole armoured key in base 64. */
        static final List<Detector> ALL = List.of(
                bare("MII[CEJ][\\w+/]{2}IBAAK[BC][gA][QE][\\w+/]{24,}"),
                bare("MII[CEJ][\\w+/]{2}IBADANBgkqhkiG9w0BAQEFAASC[\\w+/]{24,}"),
                bare("(MHcCAQEE|MIGHAgEAMBMGByqGSM49|MIGkAgEBBD|MIHcAgEBBE|MC4CAQAwBQYDK2Vw)[\\w+/]{30,}"),
                bare("b3BlbnNzaC1rZXktdjE[\\w+/]{40,}"),
                bare(
                        "LS0tLS1CRUdJTi(BSU0EgUFJJVkFUR|BQUklWQVRF|BFQyBQUklWQVRF|BPUEVOU1NIIFBSSVZBV|BFTkNSWVBURUQgUFJJVkFUR|BEU0EgUFJJVkFUR)[\\w+/]{30,}"));

        private static Detector bare(String shape) {
            return new Bare(new Shape(shape));
        }

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.PRIVATE_KEY);
        }

        @Override
        public List<String> anchors() {
            return shape.anchors();
        }

        @Override
        public @Nullable Match match(Window text, int from, int to) {
            Shape.Span span = Escapes.startsToken(text, from) ? shape.at(text, from) : null;
            Tail rest = new ArmorTail();
            return span == null ? null : new Match(Kind.PRIVATE_KEY, "private-key", 1, from, span.end(), rest, false);
        }
    }
}
