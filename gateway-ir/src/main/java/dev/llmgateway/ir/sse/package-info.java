/**
 * Server-sent events (WHATWG HTML, section 9.2), read from and written as bytes.
 */
@NullMarked
package dev.llmgateway.ir.sse;

import org.jspecify.annotations.NullMarked;
