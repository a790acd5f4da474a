/**
 * Survives upstream failures and protects both sides: deadlines, retries, breakers and limits.
 */
@NullMarked
package dev.llmgateway.resilience;

import org.jspecify.annotations.NullMarked;
