/** Items of answers that callers of OpenAI's Responses refer to instead of sending them again. */
@NullMarked
package dev.llmgateway.api.items;

import org.jspecify.annotations.NullMarked;
