/**
 * What every wire dialect offers: pure functions between bytes and the canonical vocabulary, in both directions, and the
 * facts about a target model that they need.
 */
@NullMarked
package dev.llmgateway.ir.codec;

import org.jspecify.annotations.NullMarked;
