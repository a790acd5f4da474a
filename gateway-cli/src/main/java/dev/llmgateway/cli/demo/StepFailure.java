package dev.llmgateway.cli.demo;

/** A step did not show what it says. The message tells what was there instead. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailure(String message) {
        super(message);
    }
}
