package dev.llmgateway.compliance.detect;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows one form of secret or personal data. All anchors of all detectors are looked for in one pass; a detector is asked only
 * where one of its own has been read.
 *
 * <p>Implementations are thread safe and stateless, and must read the text through the window alone: what they answer then
 * depends on the text and not on the pieces in which it arrives. They look at a bounded number of characters for each anchor
 * ({@link Window#LOOK_BEHIND} back, some hundreds ahead), which keeps the whole scan linear.
 *
 * {@snippet :
 * record EmployeeNumber() implements Detector {
 *     static final Kind KIND = Kind.custom("employee");
 *
 *     public Set<Kind> kinds() {
 *         return Set.of(KIND);
 *     }
 *
 *     public List<String> anchors() {
 *         return List.of("emp-");
 *     }
 *
 *     public @Nullable Match match(Window text, int from, int to) {
 *         int end = text.skip(to, AsciiSet.DIGITS, 7);
 *         return end - to == 6 ? new Match(KIND, "employee-number", 0.9, from, end) : null;
 *     }
 * }
 * }
 */
public interface Detector {

    /** Everything that it can find. */
    Set<Kind> kinds();

    /** The literals at which it wants to be asked: lower case, 1 to 40 characters; they are found in either case. */
    List<String> anchors();

    /**
     * Whether a finding is at an anchor. Its start may lie before the anchor, but never before {@link Window#runStart(int)} of
     * {@code to}: what is earlier may be sent already. A later start is used then.
     *
     * @param from where the anchor begins
     * @param to where it ends, exclusive
     * @return null when there is none
     */
    @Nullable
    Match match(Window text, int from, int to);

    /** Whether it knows the value by its own form, so that it may name what others found by the surroundings only. */
    default boolean specific() {
        return true;
    }
}
