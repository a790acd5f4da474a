package dev.llmgateway.server.analytics;

import java.util.function.LongSupplier;

/**
 * Something that analytics are told from, or that holds what was said, and that can be forgotten.
 *
 * @param name what it is, as answers spell it
 * @param clear forgets it, and returns how much that was
 */
public record Erasable(String name, LongSupplier clear) {}
