/**
 * What the gateway counts, for Prometheus.
 */
@NullMarked
package dev.llmgateway.server.metrics;

import org.jspecify.annotations.NullMarked;
