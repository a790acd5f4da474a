package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces placeholders by the values that they stand for. What could still become one is held back: at most {@link
 * Placeholders#LONGEST} characters. Not thread safe.
 */
final class PlaceholderFilter implements TextFilter {

    private final Placeholders placeholders;
    private final boolean isJson;
    private final TextFilter.Output output;

    /** What has arrived and is not settled; empty, or beginning with what may become a placeholder. */
    private final StringBuilder held = new StringBuilder();

    PlaceholderFilter(Placeholders placeholders, boolean isJson, TextFilter.Output output) {
        this.placeholders = placeholders;
        this.isJson = isJson;
        this.output = output;
    }

    /** The text with its placeholders replaced. */
    static String whole(Placeholders placeholders, String text) {
        CollectedText restored = new CollectedText();
        PlaceholderFilter filter = new PlaceholderFilter(placeholders, false, restored);
        filter.accept(text);
        filter.finish();
        return restored.toString();
    }

    @Override
    public String accept(CharSequence piece) {
        held.append(piece);
        int from = 0;
        while (from < held.length()) {
            int settled = settle(from);
            if (settled == from) {
                break;
            }
            from = settled;
        }
        held.delete(0, from);
        return "";
    }

    @Override
    public String finish() {
        pass(0, held.length());
        held.setLength(0);
        return "";
    }

    /** Settles the next stretch of text; returns where it ends, which is {@code from} when more must arrive first. */
    private int settle(int from) {
        int opening = held.indexOf("[", from);
        if (opening != from) {
            int end = opening < 0 ? held.length() : opening;
            pass(from, end);
            return end;
        }
        int end = from + 1;
        while (end < held.length() && continues(held.charAt(end), end - from) && held.charAt(end - 1) != ']') {
            end++;
        }
        if (held.charAt(end - 1) == ']') {
            return replace(from, end);
        }
        if (end == held.length()) {
            return from;
        }
        pass(from, end);
        return end;
    }

    private static boolean continues(char c, int index) {
        return index < Placeholders.OPENING.length()
                ? c == Placeholders.OPENING.charAt(index)
                : index < Placeholders.LONGEST && (c == ']' || c == ':' || c == '_' || isLowerOrDigit(c));
    }

    private static boolean isLowerOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private int replace(int from, int end) {
        String value = placeholders.value(held.substring(from, end));
        if (value == null) {
            pass(from, end);
        } else {
            char[] chars = held.substring(from, end).toCharArray();
            output.replace(chars, 0, chars.length, isJson ? escaped(value) : value);
        }
        return end;
    }

    /** The text as it stands between the quotes of a JSON string. */
    private static String escaped(String text) {
        String quoted = Json.writeString(StringNode.valueOf(text));
        return quoted.substring(1, quoted.length() - 1);
    }

    private void pass(int from, int to) {
        if (to > from) {
            char[] chars = held.substring(from, to).toCharArray();
            output.pass(chars, 0, chars.length);
        }
    }
}
