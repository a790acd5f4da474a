package dev.llmgateway.ir;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text as the ids that its model's tokenizer has for its tokens, packed. Immutable. */
public final class TokenIds {

    private final int[] ids;

    private TokenIds(int[] ids) {
        this.ids = ids;
    }

    /** These ids, which are copied. */
    public static TokenIds of(int... ids) {
        return of(ids, ids.length);
    }

    /** The first {@code size} of these ids, which are copied. */
    public static TokenIds of(int[] ids, int size) {
        return new TokenIds(Arrays.copyOf(ids, size));
    }

    /** How many tokens the text has. */
    public int size() {
        return ids.length;
    }

    /**
     * One of the ids.
     *
     * @param index from 0
     */
    public int at(int index) {
        return ids[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "TokenIds[size=" + ids.length + "]";
    }
}
