/**
 * Remembers what happened: records of calls and their cost, in memory or in PostgreSQL.
 */
@NullMarked
package dev.llmgateway.store;

import org.jspecify.annotations.NullMarked;
