package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;

/** What is done to the texts of an answer. */
interface Treatment {

    /**
     * The filter for one text that arrives in pieces.
     *
     * @param place names the text, for people
     * @param isJson whether the text is JSON, the arguments of a tool call
     */
    TextFilter open(String place, boolean isJson, TextFilter.Output output);

    /** Whether it may replace anything; a treatment that only looks holds nothing back. */
    boolean replaces();

    /** A text that arrived whole; the same string when nothing in it is replaced. */
    String whole(String place, String text);
}
