package dev.llmgateway.ir;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The embedding of a text: numbers of 32 bits, packed. Immutable. */
public final class Vector {

    private final float[] numbers;

    private Vector(float[] numbers) {
        this.numbers = numbers;
    }

    /** The vector of these numbers, which are copied. */
    public static Vector of(float... numbers) {
        return of(numbers, numbers.length);
    }

    /** The vector of the first {@code dimensions} numbers, which are copied. */
    public static Vector of(float[] numbers, int dimensions) {
        return new Vector(Arrays.copyOf(numbers, dimensions));
    }

    /** How many numbers it has. */
    public int dimensions() {
        return numbers.length;
    }

    /**
     * One of its numbers.
     *
     * @param index from 0
     */
    public float at(int index) {
        return numbers[index];
    }

    /** A copy of its numbers. */
    public float[] toArray() {
        return numbers.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vector that && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "Vector[dimensions=" + numbers.length + "]";
    }
}
