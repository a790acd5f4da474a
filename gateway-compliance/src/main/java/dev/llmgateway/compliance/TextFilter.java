package dev.llmgateway.compliance;

/** Something that a text goes through in pieces and that may replace parts of it. Not thread safe. */
public interface TextFilter {

    /** Takes the next piece and gives out what is settled by now. */
    String accept(CharSequence piece);

    /** The text has come to its end; gives out the rest. */
    String finish();

    /** Learns what becomes of each character: every one that went in comes out by exactly one of the two, in order. */
    interface Output {

        /** These characters stay. The array is valid during the call only. */
        void pass(char[] chars, int from, int length);

        /**
         * These characters are left out. The array is valid during the call only.
         *
         * @param instead what stands for them; empty when they belong to what the call before has replaced
         */
        void replace(char[] chars, int from, int length, String instead);
    }
}
