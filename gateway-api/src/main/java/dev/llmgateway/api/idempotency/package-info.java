/**
 * Calls that may be sent more than once and are made once: whoever repeats one by its key reads along with the first, or gets
 * that one's answer again.
 */
@NullMarked
package dev.llmgateway.api.idempotency;

import org.jspecify.annotations.NullMarked;
