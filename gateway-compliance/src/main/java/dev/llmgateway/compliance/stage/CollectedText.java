package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;

/** Puts together what a filter makes of a text that is there as a whole. Not thread safe. */
final class CollectedText implements TextFilter.Output {

    private final StringBuilder text = new StringBuilder();

    @Override
    public void pass(char[] chars, int from, int length) {
        text.append(chars, from, length);
    }

    @Override
    public void replace(char[] chars, int from, int length, String instead) {
        text.append(instead);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
