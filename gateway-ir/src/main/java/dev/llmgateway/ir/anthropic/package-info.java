/**
 * Anthropic's Messages dialect, both directions: requests, answers, streams, errors, model lists and token counts, as
 * pure functions. {@link dev.llmgateway.ir.anthropic.AnthropicMessagesCodec} is the way in.
 */
@NullMarked
package dev.llmgateway.ir.anthropic;

import org.jspecify.annotations.NullMarked;
