/** Measures listings and sums of records in a PostgreSQL that holds millions of them. */
@NullMarked
package dev.llmgateway.bench.database;

import org.jspecify.annotations.NullMarked;
