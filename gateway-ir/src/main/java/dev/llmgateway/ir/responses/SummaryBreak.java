package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * The place in a stream where one part of a reasoning's summary ends and the next begins. Ours is one text, in which a blank line
 * follows the mark; but a part may have blank lines of its own, so that only the mark tells.
 */
final class SummaryBreak {

    private static final JsonNode MARK = Json.mapper().createObjectNode().put("type", ResponsesMembers.SUMMARY_BREAK);

    private SummaryBreak() {}

    /** The mark in the reasoning that is this part. */
    static ChatEvent in(int part, Wire wire) {
        return new ChatEvent.VendorDelta(0, part, OPENAI_RESPONSES, MARK, wire);
    }

    static boolean is(JsonNode delta) {
        return delta.equals(MARK);
    }
}
