/**
 * The canonical vocabulary of a chat call: requests, messages, content, events, responses, usage. The wire dialects
 * live in sub-packages as pure functions.
 */
@NullMarked
package dev.llmgateway.ir;

import org.jspecify.annotations.NullMarked;
