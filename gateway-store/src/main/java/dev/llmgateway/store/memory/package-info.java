/** Remembers calls in this process's memory: the latest ones, until it ends. */
@NullMarked
package dev.llmgateway.store.memory;

import org.jspecify.annotations.NullMarked;
