/**
 * Tells requests apart by what they ask, whatever dialect and spelling they came in. Caches look answers up by it, and idempotency
 * keys hold on to it.
 */
@NullMarked
package dev.llmgateway.ir.fingerprint;

import org.jspecify.annotations.NullMarked;
