package dev.llmgateway.cli.scan;

import dev.llmgateway.compliance.Finding;

/** Writes down what is found in texts. Not thread safe. */
public sealed interface ScanReport permits FindingLines, JsonLines, RedactedText {

    /**
     * Something was found.
     *
     * @param name of the text
     * @param line where it begins, from 1
     * @param column where it begins, in UTF-16 units from 1
     */
    void found(String name, int line, int column, Finding finding);

    /** Text that belongs to no finding. The array is valid during the call only. */
    default void clean(char[] chars, int from, int length) {}
}
