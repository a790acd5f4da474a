/**
 * OpenAI's Responses: a conversation as a list of typed items, and streams of named events with sequence numbers. {@link
 * dev.llmgateway.ir.responses.OpenAiResponsesCodec} is the way in.
 */
@NullMarked
package dev.llmgateway.ir.responses;

import org.jspecify.annotations.NullMarked;
