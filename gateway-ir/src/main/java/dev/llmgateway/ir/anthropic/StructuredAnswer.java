package dev.llmgateway.ir.anthropic;

/**
 * The forced tool that holds an older model to a JSON Schema: the model must call it, and the arguments of the call are
 * the answer. Its name is reserved, so that a decoder knows such a call without knowing the request, and gives out its
 * arguments as text.
 */
final class StructuredAnswer {

    static final String TOOL_NAME = "gateway_structured_answer";
    static final String DESCRIPTION = "Gives the final answer to the user. Its arguments are the answer.";

    private StructuredAnswer() {}
}
