package dev.llmgateway.ir.compatibility;

/** What became of a feature on one of the nine ways. */
enum Cell {
    /** Same dialect, same bytes. */
    KEPT("kept"),
    /** The other dialect says it in its own words. */
    TRANSLATED("translated"),
    /** An error that says what cannot be asked for there. */
    REFUSED("refused"),
    /** Left out, and told in {@code x-gateway-dropped}. */
    DROPPED("dropped and named"),
    /** The dialect has no words for it. */
    CANNOT_BE_SAID("-"),
    /** What must never be. */
    LOST("LOST IN SILENCE");

    private final String word;

    Cell(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
