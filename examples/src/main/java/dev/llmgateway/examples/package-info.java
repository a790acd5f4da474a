/**
 * Small complete programs that use llm-gateway as a library. {@code examples/run NAME} runs one: against OpenAI when {@code
 * OPENAI_API_KEY} is set, else against a simulated provider on this machine.
 */
@NullMarked
package dev.llmgateway.examples;

import org.jspecify.annotations.NullMarked;
