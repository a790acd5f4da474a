/**
 * Traces and metrics of a gateway by OpenTelemetry's conventions for generative AI, for any {@code OpenTelemetry}. Never a
 * prompt, an answer, a key or a message of an error: what is told is who was asked, how long it took, what it used and how it
 * ended.
 */
@NullMarked
package dev.llmgateway.telemetry.otel;

import org.jspecify.annotations.NullMarked;
