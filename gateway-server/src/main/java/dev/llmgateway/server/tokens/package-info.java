/**
 * How many tokens a whole request has: with the model's own tokenizer where one is known, else by estimate.
 */
@NullMarked
package dev.llmgateway.server.tokens;

import org.jspecify.annotations.NullMarked;
