package dev.llmgateway.compliance.detect;

/**
 * How a finding goes on once it is certain that it is one: the rest is swallowed character by character, so that a finding of any
 * length needs no memory. A finite automaton: states are the implementation's own numbers from 0, where it begins. Stateless and
 * thread safe.
 */
public interface Tail {

    /** Answered when the character does not belong to the finding any more. */
    int STOP = -1;

    /** The state after {@code c}, or {@link #STOP}. */
    int next(int state, char c);

    /**
     * Whether the finding includes everything up to here. When it ends, what came after the last such place is ordinary text
     * again. An implementation must come back to such a place, or stop, within 64 characters.
     */
    default boolean belongs(int state) {
        return true;
    }

    /** Goes on while characters of the set follow. */
    static Tail run(AsciiSet set) {
        return (state, c) -> set.contains(c) ? state : STOP;
    }
}
