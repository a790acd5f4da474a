package dev.llmgateway.server;

import java.time.Duration;

/** For what happens soon, on another thread, with nothing to wait for. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /** Repeats the assertion until it holds; fails with it when it does not within ten seconds. */
    static void assertThatSoon(Runnable assertion) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
