package dev.llmgateway.api;

/** A source of elapsed time. Tests advance their own. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since some fixed moment; only differences mean anything. */
    long read();

    /** The JVM's own. */
    static Ticker system() {
        return System::nanoTime;
    }
}
