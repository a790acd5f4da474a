package dev.llmgateway.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the alternative answers of a {@link ChatResponse}; usually there is one.
 *
 * @param index from 0
 * @param stopSequence the stop text that was hit, or null
 * @param extras what only one dialect knows ({@code logprobs}, {@code stop_details})
 */
public record Choice(
        int index,
        List<Content> content,
        StopReason stopReason,
        @Nullable String stopSequence,
        Extras extras) {
    public Choice {
        content = List.copyOf(content);
    }

    public Choice(List<Content> content, StopReason stopReason) {
        this(0, content, stopReason, null, Extras.NONE);
    }
}
