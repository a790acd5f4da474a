/**
 * Breaks providers in every way that they do break, over sockets, and looks at what a caller, the listeners, the metrics and
 * the providers see of it.
 */
@NullMarked
package dev.llmgateway.server.faults;

import org.jspecify.annotations.NullMarked;
