package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.Untold;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Looks in the frames of a stream, and in the deltas of its blocks, for members that nobody knows; those of messages and blocks are
 * among their extras. For one stream: a frame that has none costs a look at its names and no memory.
 */
final class StrangeMembers {

    private static final Set<String> FRAME = Set.of("type", "index", "message", "content_block", "delta", "usage");
    private static final Set<String> DELTA =
            Set.of("type", "text", "thinking", "signature", "partial_json", "citation");

    private final Untold untold = new Untold(Dialect.ANTHROPIC_MESSAGES);
    private final BiConsumer<String, JsonNode> ofFrame = looking(FRAME);
    private final BiConsumer<String, JsonNode> ofDelta = looking(DELTA);

    private BiConsumer<String, JsonNode> looking(Set<String> known) {
        return (name, value) -> {
            if (!known.contains(name)) {
                untold.add(name, value);
            }
        };
    }

    /** Names what stands in a frame that is only passed on, or its kind. */
    void add(String name) {
        untold.add(name);
    }

    /** Names those of a frame. */
    void frame(Fields frame) {
        frame.object().forEachEntry(ofFrame);
    }

    /** Names those of a block's delta. */
    void delta(Fields delta) {
        delta.object().forEachEntry(ofDelta);
    }

    /** The names of the frame that is being read, which then is over. */
    List<String> endFrame() {
        return untold.endFrame();
    }

    /** Whether some wait to be told. */
    boolean areLeft() {
        return !untold.isEmpty();
    }

    /** Takes those that wait into the extras of an event. */
    Extras mark(Extras extras) {
        return untold.mark(extras);
    }
}
