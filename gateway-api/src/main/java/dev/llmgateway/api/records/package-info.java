/**
 * What is remembered of a call: the {@code CallRecord}, its trace and its bodies, what came of its copy to a candidate model, and
 * what can be asked of them. Nothing here does anything; a {@code RecordStore} and a {@code ShadowStore} keep it.
 */
@NullMarked
package dev.llmgateway.api.records;

import org.jspecify.annotations.NullMarked;
