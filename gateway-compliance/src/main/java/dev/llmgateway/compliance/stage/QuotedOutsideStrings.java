package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;

/** Keeps JSON text valid: what stands for a number, which no quotes surround, is made a string. Not thread safe. */
final class QuotedOutsideStrings implements TextFilter.Output {

    private final TextFilter.Output output;
    private boolean inString;
    private boolean escaped;

    QuotedOutsideStrings(TextFilter.Output output) {
        this.output = output;
    }

    @Override
    public void pass(char[] chars, int from, int length) {
        follow(chars, from, length);
        output.pass(chars, from, length);
    }

    @Override
    public void replace(char[] chars, int from, int length, String instead) {
        String valid = instead.isEmpty() || inString ? instead : "\"" + instead + "\"";
        follow(chars, from, length);
        output.replace(chars, from, length, valid);
    }

    private void follow(char[] chars, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = chars[i];
            if (escaped) {
                escaped = false;
            } else if (c == '"') {
                inString = !inString;
            } else {
                escaped = inString && c == '\\';
            }
        }
    }
}
