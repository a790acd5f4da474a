package dev.llmgateway.ir.text;

/** Reads the texts of a request. */
@FunctionalInterface
public interface TextVisitor {

    /**
     * Reads one text.
     *
     * @param text never empty
     * @param place where it stands
     * @return false when no further text is wanted
     */
    boolean visit(String text, TextPlace place);
}
