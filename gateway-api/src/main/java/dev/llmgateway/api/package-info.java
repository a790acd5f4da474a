/**
 * The facade of the gateway, the pipeline that joins its stages, and the errors it throws. Start at {@code Gateway}.
 */
@NullMarked
package dev.llmgateway.api;

import org.jspecify.annotations.NullMarked;
