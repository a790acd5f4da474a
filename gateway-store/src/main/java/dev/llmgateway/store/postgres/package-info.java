/** Remembers in PostgreSQL: the database itself, and the stores that keep things in it. */
@NullMarked
package dev.llmgateway.store.postgres;

import org.jspecify.annotations.NullMarked;
