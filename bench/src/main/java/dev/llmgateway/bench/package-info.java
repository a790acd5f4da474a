/**
 * Measures the request path from outside: a mock upstream, a load generator that checks every answer, yardsticks to
 * compare with, and the operating system's own accounting of CPU and memory. Start at {@code Main}.
 */
@NullMarked
package dev.llmgateway.bench;

import org.jspecify.annotations.NullMarked;
