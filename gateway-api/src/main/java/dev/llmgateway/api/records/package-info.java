/**
 * What is remembered of a call: the {@code CallRecord}, its trace and its bodies, and what can be asked of them. Nothing here
 * does anything; a {@code RecordStore} keeps it.
 */
@NullMarked
package dev.llmgateway.api.records;

import org.jspecify.annotations.NullMarked;
