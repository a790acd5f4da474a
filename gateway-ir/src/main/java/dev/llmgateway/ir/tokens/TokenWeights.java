package dev.llmgateway.ir.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The measured frequencies behind {@link TokenEstimator}: how often, in hundredths, a token starts at a character of one
 * class that follows a run, of some length, which ended with a character of another class. They are read once from
 * {@code token-weights.txt}, which {@code TokenEstimatorCalibration} (in the tests) writes.
 */
final class TokenWeights {
    /** Tokens are counted in this unit. */
    static final int PER_TOKEN = 100;
    /** Runs are told apart up to this length: longer ones count as this long. */
    static final int LONGEST_RUN = 12;

    private TokenWeights() {}

    /** Where the context stands in the table; {@code current} is to be added. */
    static int row(int runLength, int previous) {
        return (runLength * CharClass.COUNT + previous) * CharClass.COUNT;
    }

    /** One weight for each run length, previous class and current class, see {@link #row}. */
    static short[] load() {
        short[] weights = new short[row(LONGEST_RUN + 1, 0)];
        try (InputStream in =
                        Objects.requireNonNull(TokenWeights.class.getResourceAsStream("token-weights.txt"), "weights");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> read(line, weights));
        } catch (IOException e) {
            throw new UncheckedIOException("token-weights.txt, part of this library, cannot be read", e);
        }
        return weights;
    }

    private static void read(String line, short[] weights) {
        String[] fields = line.split(" ", -1);
        int row = row(Integer.parseInt(fields[0]), CharClass.valueOf(fields[1]).ordinal());
        for (int current = 0; current < CharClass.COUNT; current++) {
            weights[row + current] = Short.parseShort(fields[current + 2]);
        }
    }
}
