/**
 * Decides what text may pass, in prompts and in answers. Usable on its own.
 */
@NullMarked
package dev.llmgateway.compliance;

import org.jspecify.annotations.NullMarked;
