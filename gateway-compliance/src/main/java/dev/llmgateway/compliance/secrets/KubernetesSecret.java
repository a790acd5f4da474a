package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Kubernetes manifest of {@code kind: Secret} has under {@code data:} or {@code stringData:}, whatever its keys are called: from
 * the first value to the last.
 */
record KubernetesSecret() implements Detector {

    private static final AsciiSet BLANK = AsciiSet.of(" \t");
    private static final AsciiSet SPACE = AsciiSet.of(" \t\r\n");
    private static final AsciiSet KEY = AsciiSet.of("a-zA-Z0-9_.\"'-");
    private static final AsciiSet KIND_GAP = AsciiSet.of(" \t\"'");
    private static final AsciiSet VALUE = AsciiSet.of("!-~");

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.SECRET);
    }

    @Override
    public List<String> anchors() {
        return List.of("data:");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        int line = text.skip(to, BLANK, 4);
        char end = text.at(line);
        if (end != '\n' && end != '\r' || !isWord(text, from) || !isInSecret(text, from)) {
            return null;
        }
        int key = afterComments(text, text.skip(line, SPACE, 40));
        int indent = key - text.skipBack(key, BLANK, 40);
        int colon = text.skip(key, KEY, 64);
        int value = text.skip(colon + 1, BLANK, 8);
        int last = text.skip(value, VALUE, 4);
        if (indent == 0 || colon == key || text.at(colon) != ':' || value == colon + 1 || last - value < 4) {
            return null;
        }
        return Placeholders.isPlaceholder(new ValueShape(text.slice(value, text.skip(value, VALUE, 64))))
                ? null
                : new Match(Kind.SECRET, "kubernetes-secret", 0.9, value, last, new Block(indent), false);
    }

    /** {@code data} or {@code stringData}, not {@code metadata}. */
    private static boolean isWord(Window text, int from) {
        return !AsciiSet.WORD.contains(text.at(from - 1)) || text.hasLiteral(from - "string".length(), "string");
    }

    /** Past lines that are comments, three at most. */
    private static int afterComments(Window text, int from) {
        int i = from;
        for (int lines = 0; lines < 3 && text.at(i) == '#'; lines++) {
            int end = i;
            while (end - i < 100 && text.at(end) != '\n' && text.at(end) != Window.NONE) {
                end++;
            }
            i = text.skip(end, SPACE, 40);
        }
        return i;
    }

    /** Whether the manifest around is one of a secret, as far as it says so before. */
    private static boolean isInSecret(Window text, int from) {
        for (int i = from; i > from - Window.LOOK_BEHIND && i >= 0; i--) {
            if (text.hasLiteral(i, "\n---")) {
                return false;
            }
            if (text.hasLiteral(i, "kind:")) {
                int kind = text.skip(i + "kind:".length(), KIND_GAP, 6);
                return text.hasLiteral(kind, "Secret")
                        && !AsciiSet.LETTERS_DIGITS.contains(text.at(kind + "Secret".length()));
            }
        }
        return false;
    }

    /** The lines that are indented as far as the first. A state has what was read since a line ended in its upper bytes, and how far the new one is indented in its lowest; 0 is within a line. */
    private record Block(int indent) implements Tail {

        private static final int FARTHEST = 60;

        @Override
        public int next(int state, char c) {
            int away = state >> 8;
            int column = state & 0xFF;
            if (c == '\n' || c == '\r') {
                return away < FARTHEST ? away + 1 << 8 : STOP;
            }
            if (away == 0) {
                return 0;
            }
            if (BLANK.contains(c)) {
                return away < FARTHEST ? away + 1 << 8 | column + 1 : STOP;
            }
            return column >= indent ? 0 : STOP;
        }

        @Override
        public boolean belongs(int state) {
            return state == 0;
        }
    }
}
