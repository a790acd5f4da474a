/** The detectors of credentials: tokens that have a form of their own, and values that their surroundings give away. */
@NullMarked
package dev.llmgateway.compliance.secrets;

import org.jspecify.annotations.NullMarked;
