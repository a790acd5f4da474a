/**
 * The command line: serve, demo and check-config.
 */
@NullMarked
package dev.llmgateway.cli;

import org.jspecify.annotations.NullMarked;
