/** Keeps entries of records on disk until a store takes them: files that are written at one end and read at the other. */
@NullMarked
package dev.llmgateway.store.spool;

import org.jspecify.annotations.NullMarked;
