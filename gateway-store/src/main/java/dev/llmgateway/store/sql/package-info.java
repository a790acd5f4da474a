/** Lets SQL that somebody else wrote, such as a model, read the records: only a query that is understood, and only so far. */
@NullMarked
package dev.llmgateway.store.sql;

import org.jspecify.annotations.NullMarked;
