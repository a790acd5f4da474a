package dev.llmgateway.ir.responses;

/** How much of a text a stream has told, by its length and a hash, so as to tell no more than what is missing. Not thread safe. */
final class ToldText {

    private int length;
    private int hash;

    /** Whether anything was told. */
    boolean hasText() {
        return length > 0;
    }

    void tell(String text) {
        length += text.length();
        hash = hash(hash, text, text.length());
    }

    /** Whether what was told is the beginning of this. */
    boolean begins(String whole) {
        return whole.length() >= length && hash(0, whole, length) == hash;
    }

    /** What is missing of a text; nothing when it does not begin with what was told, as when it was spelled anew. */
    String rest(String whole) {
        return begins(whole) ? whole.substring(length) : "";
    }

    private static int hash(int start, String text, int length) {
        int hash = start;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }
}
