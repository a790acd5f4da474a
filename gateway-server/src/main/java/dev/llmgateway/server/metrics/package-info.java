/**
 * Where the numbers of the gateway go: to Prometheus by the page {@code /metrics}.
 */
@NullMarked
package dev.llmgateway.server.metrics;

import org.jspecify.annotations.NullMarked;
