/**
 * What callers report about the quality of answers, and what it changes: signals that are blended into the models' scores,
 * alerts about models that got worse, and scores that operators set and take back. Depends on the catalog only.
 */
@NullMarked
package dev.llmgateway.routing.signals;

import org.jspecify.annotations.NullMarked;
