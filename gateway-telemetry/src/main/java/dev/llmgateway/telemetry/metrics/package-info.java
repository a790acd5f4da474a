/**
 * What a gateway counts, in any Micrometer registry. See {@link dev.llmgateway.telemetry.metrics.GatewayMetrics}.
 */
@NullMarked
package dev.llmgateway.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
