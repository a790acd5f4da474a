package dev.llmgateway.resilience;

/**
 * Lets other threads interrupt the one that made it as long as that is at one piece of work, and never later. The one that
 * made it calls {@link #end}, whatever comes of the work.
 */
final class Interrupter {

    private final Thread thread = Thread.currentThread();
    private boolean works = true;
    private boolean wasCut;

    /** Interrupts the work, unless it is over. */
    synchronized void cut() {
        if (works) {
            wasCut = true;
            thread.interrupt();
        }
    }

    /** Whether the work was interrupted from here: an interrupt that it met may be this one. */
    synchronized boolean wasCut() {
        return wasCut;
    }

    /** The work is over: no interrupt of ours comes any more, and one that came too late to end it is taken back. */
    synchronized void end() {
        works = false;
        if (wasCut) {
            Thread.interrupted();
        }
    }
}
