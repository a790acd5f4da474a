package dev.llmgateway.ir.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures the weights of {@link TokenEstimator} on the calibration half of the corpus and writes them to
 * {@code token-weights.txt}. Run it from the directory of the module, see {@code docs/token-estimates.md}.
 *
 * <p>Every kind of text counts alike, whatever its size, but for the few that real prompts consist of, which count more.
 * A context that was seen rarely leans on the same context with the classes taken together by run.
 */
final class TokenEstimatorCalibration {
    private static final Map<String, Double> IMPORTANCE =
            Map.of("english", 4.0, "json", 2.0, "mixed", 1.5, "whitespace", 0.5);
    private static final double CHARACTERS_PER_KIND = 3000;
    /** How many observations of the finer context weigh as much as the coarser one. */
    private static final double TRUST = 8;

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private final Counts fine = new Counts();
    private final Counts middle = new Counts();
    private final Counts coarse = new Counts();

    public static void main(String[] args) throws IOException {
        TokenEstimatorCalibration calibration = new TokenEstimatorCalibration();
        TokenCorpus.calibration().forEach(calibration::count);
        Path file = Path.of("src/main/resources/dev/llmgateway/ir/tokens/token-weights.txt");
        Files.writeString(file, calibration.table());
    }

    private void count(String kind, List<String> blocks) {
        double characters = blocks.stream().mapToInt(String::length).sum();
        double weight = IMPORTANCE.getOrDefault(kind, 1.0) * CHARACTERS_PER_KIND / characters;
        count(String.join("", blocks), weight);
    }

    private void count(String text, double weight) {
        int[] starts = tokenStarts(text);
        CharClass previous = CharClass.NEWLINE;
        int run = 0;
        for (int i = 0; i < starts.length; i++) {
            CharClass current = CharClass.of(text.charAt(i));
            fine.add(run, previous.ordinal(), current.ordinal(), weight, starts[i]);
            middle.add(run, previous.run().ordinal(), current.ordinal(), weight, starts[i]);
            coarse.add(0, previous.run().ordinal(), current.run().ordinal(), weight, starts[i]);
            run = current.run() == previous.run() ? Math.min(run + 1, TokenWeights.LONGEST_RUN) : 1;
            previous = current;
        }
    }

    /** How many tokens start at each character: 0 or 1, or more where a character takes several tokens. */
    private int[] tokenStarts(String text) {
        int[] characterOfByte = new int[text.length() * 3];
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of a character of four bytes.
            int width = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            for (int end = bytes + width; bytes < end; bytes++) {
                characterOfByte[bytes] = i;
            }
        }
        int[] starts = new int[text.length()];
        IntArrayList tokens = encoding.encodeOrdinary(text);
        IntArrayList one = new IntArrayList(1);
        for (int i = 0, at = 0; i < tokens.size(); i++) {
            starts[characterOfByte[at]]++;
            one.clear();
            one.add(tokens.get(i));
            at += encoding.decodeBytes(one).length;
        }
        moveFromSpaceToWord(text, starts);
        return starts;
    }

    /**
     * A word takes the space before it into its first token. To know that a space is the last one takes a look ahead,
     * which the estimator has not got; so the token counts where the word begins.
     */
    private static void moveFromSpaceToWord(String text, int[] starts) {
        for (int i = 0; i + 1 < starts.length; i++) {
            if (text.charAt(i) == ' ' && !Character.isWhitespace(text.charAt(i + 1))) {
                starts[i + 1] += starts[i];
                starts[i] = 0;
            }
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder("# Written by TokenEstimatorCalibration. Run length, previous class, "
                + "hundredths of a token for each current class.\n");
        for (int run = 0; run <= TokenWeights.LONGEST_RUN; run++) {
            for (CharClass previous : CharClass.values()) {
                int length = run;
                table.append(run).append(' ').append(previous).append(' ');
                table.append(IntStream.range(0, CharClass.COUNT)
                        .mapToObj(current -> Integer.toString(weight(length, previous, CharClass.values()[current])))
                        .collect(Collectors.joining(" ")));
                table.append('\n');
            }
        }
        return table.toString();
    }

    private int weight(int run, CharClass previous, CharClass current) {
        double mean = coarse.mean(0, previous.run().ordinal(), current.run().ordinal(), 0.7);
        mean = middle.mean(run, previous.run().ordinal(), current.ordinal(), mean);
        mean = fine.mean(run, previous.ordinal(), current.ordinal(), mean);
        return (int) Math.round(mean * TokenWeights.PER_TOKEN);
    }

    /** Token starts and characters seen in each context. */
    private static final class Counts {
        private final double[] characters = new double[TokenWeights.row(TokenWeights.LONGEST_RUN + 1, 0)];
        private final double[] starts = new double[characters.length];

        void add(int run, int previous, int current, double weight, int started) {
            int at = TokenWeights.row(run, previous) + current;
            characters[at] += weight;
            starts[at] += weight * started;
        }

        double mean(int run, int previous, int current, double otherwise) {
            int at = TokenWeights.row(run, previous) + current;
            return (starts[at] + TRUST * otherwise) / (characters[at] + TRUST);
        }
    }
}
