/**
 * Measures what the scanner finds, what it finds wrongly, how fast it is and how long a stream is held back, each beside its
 * target. Start at {@code Main}.
 */
@NullMarked
package dev.llmgateway.bench.compliance;

import org.jspecify.annotations.NullMarked;
