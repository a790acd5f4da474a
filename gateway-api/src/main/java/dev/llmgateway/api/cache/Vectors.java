package dev.llmgateway.api.cache;

import org.jspecify.annotations.Nullable;

/** Arithmetic of embeddings. */
final class Vectors {

    /** Longer vectors are not kept. */
    static final int MOST_DIMENSIONS = 16_384;

    private Vectors() {}

    /** The vector of length one that points the same way; null when there is none that could be compared. */
    static float @Nullable [] unit(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        if (!(square > 0) || !Double.isFinite(square) || vector.length > MOST_DIMENSIONS) {
            return null;
        }
        double length = Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** The cosine of the angle between two vectors of length one, at most 1; -1 for vectors of different models. */
    static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            return -1;
        }
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return Math.min(1, sum);
    }
}
