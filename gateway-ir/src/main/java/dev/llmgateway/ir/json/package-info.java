/**
 * JSON as every codec reads and writes it: strict UTF-8, no duplicate keys, numbers kept as written, and bodies whose top
 * members can be replaced without touching the rest.
 */
@NullMarked
package dev.llmgateway.ir.json;

import org.jspecify.annotations.NullMarked;
