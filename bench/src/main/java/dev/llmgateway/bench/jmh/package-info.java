/**
 * JMH benchmarks of the parts that every request passes through, run by {@code bench/run jmh}. They find out where time
 * goes; what a request costs as a whole is measured from outside, by {@code dev.llmgateway.bench}.
 */
@NullMarked
package dev.llmgateway.bench.jmh;

import org.jspecify.annotations.NullMarked;
