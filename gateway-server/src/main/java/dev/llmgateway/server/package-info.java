/**
 * The gateway over HTTP: routes, the configuration file, server-sent events and metrics.
 */
@NullMarked
package dev.llmgateway.server;

import org.jspecify.annotations.NullMarked;
