package dev.llmgateway.compliance;

/** The parts of a regular expression that match a place instead of characters: {@code ^ $ \A \z \b \B}. */
final class Assertions {

    private static final String NOTHING = "(?:)";

    private final String regex;
    private final StringBuilder out = new StringBuilder();
    private int next;
    private boolean quoting;

    private Assertions(String regex) {
        this.regex = regex;
    }

    /** An expression without them: it matches whatever {@code regex} matches, and more. */
    static String without(String regex) {
        Assertions walk = new Assertions(regex);
        walk.walk();
        return walk.out.toString();
    }

    /** An expression that something can be written behind: a quotation that goes on to the end is ended. */
    static String closed(String regex) {
        Assertions walk = new Assertions(regex);
        walk.walk();
        return walk.quoting ? regex + "\\E" : regex;
    }

    private void walk() {
        while (next < regex.length()) {
            switch (regex.charAt(next)) {
                case '\\' -> escape();
                case '[' -> copy(afterBrackets());
                case '^', '$' -> {
                    out.append(NOTHING);
                    next++;
                }
                default -> copy(next + 1);
            }
        }
    }

    private void escape() {
        char escaped = next + 1 < regex.length() ? regex.charAt(next + 1) : '\\';
        switch (escaped) {
            case 'Q' -> {
                int end = regex.indexOf("\\E", next);
                quoting = end < 0;
                copy(quoting ? regex.length() : end + 2);
            }
            case 'A', 'z', 'Z', 'b', 'B' -> {
                out.append(NOTHING);
                next += 2;
            }
            case 'p', 'P', 'x' -> copy(regex.startsWith("{", next + 2) ? after("}", next) : next + 2);
            default -> copy(next + 2);
        }
    }

    /** Where the bracket expression ends that begins here. */
    private int afterBrackets() {
        int i = next + 1;
        if (regex.startsWith("^", i)) {
            i++;
        }
        if (regex.startsWith("]", i)) {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            if (regex.startsWith("[:", i)) {
                i = after(":]", i);
            } else {
                i += regex.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return i + 1;
    }

    private int after(String end, int from) {
        int at = regex.indexOf(end, from);
        return at < 0 ? regex.length() : at + end.length();
    }

    private void copy(int to) {
        int end = Math.min(to, regex.length());
        out.append(regex, next, end);
        next = end;
    }
}
