package dev.llmgateway.api;

/** How a stream ended. Each stream has exactly one outcome. */
public sealed interface Outcome {

    /** What is known of the answer so far; complete only for {@link Completed}. */
    AnswerSummary answer();

    /** Read to its end. */
    record Completed(AnswerSummary answer) implements Outcome {}

    /** Broke off. */
    record Failed(AnswerSummary answer, GatewayException error) implements Outcome {}

    /** Closed by its reader before the end: a client went away, or a hedged call lost. */
    record Abandoned(AnswerSummary answer) implements Outcome {}
}
