/**
 * Tries a candidate model on real calls: once a call has been answered, a copy of its sanitized request goes to the candidate, and
 * both answers are compared. Callers notice nothing of it. {@link dev.llmgateway.api.shadow.ShadowTraffic} is the stage that does it.
 */
@NullMarked
package dev.llmgateway.api.shadow;

import org.jspecify.annotations.NullMarked;
