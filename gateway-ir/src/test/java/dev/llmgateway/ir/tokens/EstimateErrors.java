package dev.llmgateway.ir.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Relative errors against o200k_base of documents from 200 bytes to 20 KB, cut from the held-out half of the corpus. */
final class EstimateErrors {
    private static final int DOCUMENTS_PER_KIND = 40;
    private static final int SMALLEST_BYTES = 200;
    private static final int LARGEST_BYTES = 20_000;

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private final Random random = new Random(42);

    /** The signed relative errors, one per document, by kind of text. */
    static Map<String, List<Double>> measure() throws IOException {
        EstimateErrors errors = new EstimateErrors();
        Map<String, List<Double>> byKind = new TreeMap<>();
        TokenCorpus.heldOut().forEach((kind, blocks) -> byKind.put(kind, errors.of(String.join("", blocks))));
        return byKind;
    }

    /** The share {@code quantile} of the documents has an absolute error, in percent, of at most this. */
    static double percentile(List<Double> errors, double quantile) {
        List<Double> sorted = errors.stream().map(Math::abs).sorted().toList();
        return 100 * sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    private List<Double> of(String text) {
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS_PER_KIND; i++) {
            String document = document(text);
            double tokens = encoding.countTokensOrdinary(document);
            errors.add((TokenEstimator.estimate(document) - tokens) / tokens);
        }
        return errors;
    }

    /** A piece of the text, its size drawn so that each order of magnitude is as frequent as the others. */
    private String document(String text) {
        double bytesPerChar = (double) text.getBytes(StandardCharsets.UTF_8).length / text.length();
        double largest = Math.min(LARGEST_BYTES, text.length() * bytesPerChar);
        double bytes = SMALLEST_BYTES * Math.pow(largest / SMALLEST_BYTES, random.nextDouble());
        int length = Math.min(text.length(), (int) Math.ceil(bytes / bytesPerChar));
        int start = random.nextInt(text.length() - length + 1);
        return text.substring(boundary(text, start), boundary(text, start + length));
    }

    private static int boundary(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
