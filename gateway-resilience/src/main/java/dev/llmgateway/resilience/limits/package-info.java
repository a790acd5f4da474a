/**
 * How much each tenant may ask for: requests and tokens per minute, requests per day, and requests at a time, counted so
 * that no moment's luck lets anybody over a limit.
 */
@NullMarked
package dev.llmgateway.resilience.limits;

import org.jspecify.annotations.NullMarked;
