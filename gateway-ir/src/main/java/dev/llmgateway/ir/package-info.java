/**
 * The canonical vocabulary of a call: requests, messages, content, events, responses, usage. A call for vectors is told in
 * it too: its texts are user messages, its vectors parts of the one choice. The wire dialects live in sub-packages as pure functions.
 */
@NullMarked
package dev.llmgateway.ir;

import org.jspecify.annotations.NullMarked;
