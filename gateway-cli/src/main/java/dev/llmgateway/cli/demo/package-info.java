/**
 * The demonstration: simulated providers on this machine, the real gateway in front of them, and a show of what it does,
 * each step with the command that repeats it.
 */
@NullMarked
package dev.llmgateway.cli.demo;

import org.jspecify.annotations.NullMarked;
