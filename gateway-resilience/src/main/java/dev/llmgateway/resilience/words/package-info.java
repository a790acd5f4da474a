/**
 * How this module's other packages say things to people.
 */
@NullMarked
package dev.llmgateway.resilience.words;

import org.jspecify.annotations.NullMarked;
