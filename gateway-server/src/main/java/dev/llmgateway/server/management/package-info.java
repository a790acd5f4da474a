/**
 * Management: what the gateway shows of itself and how it is changed while it runs. Reads and writes JSON and knows
 * nothing of HTTP; the routes and who may take them are the HTTP side's.
 */
@NullMarked
package dev.llmgateway.server.management;

import org.jspecify.annotations.NullMarked;
