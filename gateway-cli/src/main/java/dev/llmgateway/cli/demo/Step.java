package dev.llmgateway.cli.demo;

import java.util.List;

/** One thing that the demo shows. What it shows of the answer is also what it checks, so that it cannot claim more. */
sealed interface Step {

    /** What is to be seen, in one line. */
    String title();

    /** What is asked. */
    HttpCall call();

    /** What the answer has to show. */
    List<Expectation> expectations();

    /** A request with one complete answer. */
    record Complete(String title, HttpCall call, List<Expectation> expectations) implements Step {}

    /**
     * A request whose answer comes in pieces.
     *
     * @param textPointer where an event has its piece of the text, as a JSON pointer
     * @param lastData what the data of the last event begins with
     */
    record Streamed(String title, HttpCall call, List<Expectation> expectations, String textPointer, String lastData)
            implements Step {}
}
