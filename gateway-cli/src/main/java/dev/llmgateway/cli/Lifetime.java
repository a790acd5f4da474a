package dev.llmgateway.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a command running until the process is asked to end. */
final class Lifetime {

    private Lifetime() {}

    /**
     * Blocks until SIGTERM, SIGINT (Ctrl-C) or an interrupt, and then stops what runs. After a signal the process ends
     * when {@code stop} has returned, with the status that the JVM gives it (143 or 130).
     *
     * @param stop to be quick, and not to fail
     */
    static void untilStopped(Runnable stop) {
        Thread hook = new Thread(stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop.run();
        }
    }
}
