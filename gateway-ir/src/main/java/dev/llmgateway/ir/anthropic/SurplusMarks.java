package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the cache marks of a request in the order in which they are written, to tell which are too many. For one request. */
final class SurplusMarks {

    private static final int MOST = 4;

    private record Mark(String place, Extras extras) {}

    private final @Nullable Dialect caller;
    private final List<Mark> marks = new ArrayList<>();

    /** The marks of a request from callers of this dialect; null for one that was built in code. */
    SurplusMarks(@Nullable Dialect caller) {
        this.caller = caller;
    }

    void add(String place, Tool tool) {
        switch (tool) {
            case Tool.Function function -> add(place, function.extras());
            case Tool.Custom custom -> add(place, custom.extras());
            case Tool.Vendor ignored -> {}
        }
    }

    void add(Content part) {
        if (part instanceof Content.ToolResult result) {
            result.content().forEach(this::add);
        }
        add(ResponsesMembers.prefix(part, caller), part.extras());
    }

    private void add(String place, Extras extras) {
        if (extras.cacheMark() != null) {
            marks.add(new Mark(place, extras));
        }
    }

    /** Notes the first ones, as many as are too many, and returns how many they are. */
    int name(Losses losses) {
        int surplus = Math.max(0, marks.size() - MOST);
        marks.subList(0, surplus).forEach(mark -> losses.addMark(Lost.CACHE_MARK_OF_PART, mark.place(), mark.extras()));
        return surplus;
    }
}
