package dev.llmgateway.api.shadow;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the first choice of an answer says, as far as answers are compared: its texts and its tool calls. Reads events one after the
 * other; of more than {@value #MOST_CHARACTERS} characters it keeps the first. Not thread safe.
 */
final class Said {

    static final int MOST_CHARACTERS = 64 * 1024;

    /** Beyond these, calls of tools are left out. */
    private static final int MOST_CALLS = 256;

    /**
     * A call of a tool.
     *
     * @param arguments JSON text, as the model wrote it
     */
    record ToolCall(String name, String arguments) {}

    private record OpenCall(String name, StringBuilder arguments) {}

    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, OpenCall> calls = new TreeMap<>();
    private int left = MOST_CHARACTERS;

    void note(ChatEvent event) {
        switch (event) {
            case ChatEvent.PartStarted start -> {
                if (start.choice() == 0
                        && start.initial() instanceof Content.ToolCall call
                        && calls.size() < MOST_CALLS) {
                    OpenCall open = new OpenCall(call.name(), new StringBuilder());
                    calls.put(start.part(), open);
                    append(open.arguments, call.arguments());
                }
            }
            case ChatEvent.TextDelta delta -> noteText(delta);
            case ChatEvent.RefusalDelta delta -> noteText(delta);
            case ChatEvent.ArgumentsDelta delta -> {
                OpenCall open = delta.choice() == 0 ? calls.get(delta.part()) : null;
                if (open != null) {
                    append(open.arguments, delta.text());
                }
            }
            case ChatEvent.Started ignored -> {}
            case ChatEvent.ReasoningDelta ignored -> {}
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.VendorDelta ignored -> {}
            case ChatEvent.PartEnded ignored -> {}
            case ChatEvent.Finished ignored -> {}
            case ChatEvent.UsageReported ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void noteText(ChatEvent.Delta delta) {
        if (delta.choice() == 0) {
            append(text, delta.text());
        }
    }

    private void append(StringBuilder to, String more) {
        int taken = Math.min(left, more.length());
        to.append(more, 0, taken);
        left -= taken;
    }

    String text() {
        return text.toString();
    }

    List<ToolCall> toolCalls() {
        return calls.values().stream()
                .map(call -> new ToolCall(call.name, call.arguments.toString()))
                .toList();
    }
}
