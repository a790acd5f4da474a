package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;

/** Puts the caller's own values back where an answer has their placeholders. */
record Restoration(Placeholders placeholders) implements Treatment {

    @Override
    public TextFilter open(String place, boolean isJson, TextFilter.Output output) {
        return new PlaceholderFilter(placeholders, isJson, output);
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public String whole(String place, String text) {
        return text.contains(Placeholders.OPENING) ? PlaceholderFilter.whole(placeholders, text) : text;
    }
}
