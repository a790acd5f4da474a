/**
 * What is told of the calls that a store remembers: lists, sums, periods and splits, as JSON or as tables. Reads the parameters
 * of an address and knows nothing else of HTTP; the routes and who may take them are the HTTP side's.
 */
@NullMarked
package dev.llmgateway.server.analytics;

import org.jspecify.annotations.NullMarked;
