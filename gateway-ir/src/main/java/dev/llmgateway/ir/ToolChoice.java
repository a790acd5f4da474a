package dev.llmgateway.ir;

import java.util.List;

/**
 * Whether and which tool the model is to call.
 *
 * @param names for {@link Mode#NAMED} exactly one; for the two ALLOWED modes one or more; else empty
 */
public record ToolChoice(Mode mode, List<String> names) {

    /** How free the model is. */
    public enum Mode {
        AUTO,
        NONE,
        /** Must call some tool (Anthropic's {@code any}). */
        REQUIRED,
        /** Must call the named tool. */
        NAMED,
        /** May call one of the named tools. */
        ALLOWED_AUTO,
        /** Must call one of the named tools. */
        ALLOWED_REQUIRED
    }

    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, List.of());
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, List.of());
    public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, List.of());

    public ToolChoice {
        names = List.copyOf(names);
        boolean named = mode == Mode.NAMED || mode == Mode.ALLOWED_AUTO || mode == Mode.ALLOWED_REQUIRED;
        if (named == names.isEmpty()) {
            throw new IllegalArgumentException(mode + (named ? " needs a tool name" : " takes no tool name"));
        }
    }

    /** Whether only some of the tools may be called. */
    public boolean isSubset() {
        return mode == Mode.ALLOWED_AUTO || mode == Mode.ALLOWED_REQUIRED;
    }

    /** Must call the tool {@code name}. */
    public static ToolChoice named(String name) {
        return new ToolChoice(Mode.NAMED, List.of(name));
    }
}
