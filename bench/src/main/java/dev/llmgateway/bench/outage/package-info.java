/**
 * Counts records: sends calls through a gateway whose PostgreSQL is stopped and which is killed itself, and compares what was
 * answered with what is in the table afterwards.
 */
@NullMarked
package dev.llmgateway.bench.outage;

import org.jspecify.annotations.NullMarked;
