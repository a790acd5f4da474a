/**
 * Telemetry of a gateway for any Micrometer registry ({@code metrics}) and any OpenTelemetry ({@code otel}), and what both
 * share: labels whose values are bounded. Where the numbers go (Prometheus, OTLP) is the application's choice.
 */
@NullMarked
package dev.llmgateway.telemetry;

import org.jspecify.annotations.NullMarked;
