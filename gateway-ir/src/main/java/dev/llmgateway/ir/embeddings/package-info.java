/**
 * OpenAI's Embeddings, in both directions: texts in, vectors out, as JSON numbers or as Base64. Vectors are packed and never
 * become trees of numbers.
 */
@NullMarked
package dev.llmgateway.ir.embeddings;

import org.jspecify.annotations.NullMarked;
