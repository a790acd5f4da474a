package dev.llmgateway.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;

/**
 * Takes secrets out of names that callers choose. Nearly all calls bring the same few names, and each is asked about several times
 * in a call, so what became of the latest is remembered. Thread safe when the function is.
 */
final class CleanNames implements UnaryOperator<String> {

    /** What is longer is a sentence or an attack, and does not come again. */
    private static final int LONGEST = 128;

    private static final int MOST = 1_000;

    private final UnaryOperator<String> clean;
    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    CleanNames(UnaryOperator<String> clean) {
        this.clean = clean;
    }

    @Override
    public String apply(String name) {
        return name.length() > LONGEST ? clean.apply(name) : known.get(name, clean);
    }
}
