/**
 * How many tokens a text will cost, estimated fast enough to do it for every request: character classes and a table of
 * measured frequencies instead of a tokenizer. The method and its measured error are in {@code docs/token-estimates.md}.
 */
@NullMarked
package dev.llmgateway.ir.tokens;

import org.jspecify.annotations.NullMarked;
