package dev.llmgateway.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request and how they may be used.
 *
 * @param choice null when the caller did not say (vendors then mean {@link ToolChoice#AUTO})
 * @param parallel whether several calls in one answer are allowed; null when the caller did not say
 */
public record ToolUse(
        List<Tool> tools,
        @Nullable ToolChoice choice,
        @Nullable Boolean parallel) {

    /** No tools. */
    public static final ToolUse NONE = new ToolUse(List.of(), null, null);

    public ToolUse {
        tools = List.copyOf(tools);
    }
}
