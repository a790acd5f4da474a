package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import java.util.List;

/**
 * One element of {@code messages} as it will be written.
 *
 * @param role {@code user}, {@code assistant} or {@code system}
 * @param content the blocks; not empty
 */
record Turn(String role, List<Content> content, Extras extras) {

    static final String USER = "user";
    static final String ASSISTANT = "assistant";
    static final String SYSTEM = "system";
}
