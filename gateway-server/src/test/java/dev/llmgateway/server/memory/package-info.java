/** Shows that memory is bounded: a gateway with a small heap, and more names than it could remember. */
@NullMarked
package dev.llmgateway.server.memory;

import org.jspecify.annotations.NullMarked;
