/**
 * Every text of a request in one walk, for those who must see or replace all of it: what a provider would read, wherever in
 * the request it stands, and nothing else of the request touched.
 */
@NullMarked
package dev.llmgateway.ir.text;

import org.jspecify.annotations.NullMarked;
