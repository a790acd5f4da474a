package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;

/** How a stream tells of a part of an answer. */
enum PartKind {
    TEXT("response.output_text", "text"),
    REFUSAL("response.refusal", "refusal"),
    REASONING("response.reasoning_summary_text", "text"),
    ARGUMENTS("response.function_call_arguments", "arguments"),
    FREE_TEXT("response.custom_tool_call_input", "input"),
    /** An item that is told whole. */
    WHOLE("", ""),
    /** Nothing that a Responses client could be shown. */
    HIDDEN("", "");

    private final String deltaEvent;
    private final String doneEvent;
    private final String member;

    PartKind(String events, String member) {
        this.deltaEvent = events + ".delta";
        this.doneEvent = events + ".done";
        this.member = member;
    }

    static PartKind of(Content part, ClientCalls calls) {
        return switch (part) {
            case Content.Text ignored -> TEXT;
            case Content.Refusal ignored -> REFUSAL;
            case Content.Reasoning ignored -> REASONING;
            case Content.ToolCall call -> calls.isFreeText(call) ? FREE_TEXT : ARGUMENTS;
            case Content.Numbers ignored -> HIDDEN;
            case Content.Vendor vendor -> vendor.dialect() == Dialect.OPENAI_RESPONSES ? WHOLE : HIDDEN;
            case Content.Image ignored -> HIDDEN;
            case Content.Document ignored -> HIDDEN;
            case Content.Audio ignored -> HIDDEN;
            case Content.ToolResult ignored -> HIDDEN;
        };
    }

    /** The event that tells a piece of its text. */
    String deltaEvent() {
        return deltaEvent;
    }

    /** The event that tells all of its text. */
    String doneEvent() {
        return doneEvent;
    }

    /** The member of that event, and of the item, that holds the text. */
    String member() {
        return member;
    }

    /** Whether it stands in the content of a message. */
    boolean isInMessage() {
        return this == TEXT || this == REFUSAL;
    }

    boolean isCall() {
        return this == ARGUMENTS || this == FREE_TEXT;
    }
}
