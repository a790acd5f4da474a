/**
 * What was used within the last while: exactly, for one owner ({@link dev.llmgateway.resilience.window.SlidingWindow}), and
 * roughly, for all threads at once ({@link dev.llmgateway.resilience.window.RecentSum}).
 */
@NullMarked
package dev.llmgateway.resilience.window;

import org.jspecify.annotations.NullMarked;
