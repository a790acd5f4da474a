package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Wire;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The input of one tool that the vendor runs itself, which arrives as pieces of JSON text. The client does nothing with it while it
 * grows, so it waits until it is complete. Not thread safe.
 */
final class VendorInputs {

    private static final String PIECE = "partial_json";

    private final List<ChatEvent.VendorDelta> pieces = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();

    /** Whether the delta is such a piece. */
    static boolean isPiece(ChatEvent.VendorDelta delta) {
        return delta.delta().path(PIECE).isString();
    }

    void add(ChatEvent.VendorDelta piece) {
        pieces.add(piece);
        input.append(piece.delta().path(PIECE).stringValue());
    }

    /** The pieces as they came, or one with all of the input when something in it was replaced. */
    List<ChatEvent.VendorDelta> treated(String place, Treatment treatment) {
        String text = plainly(input.toString());
        CollectedText treated = new CollectedText();
        TextFilter filter = treatment.open(place, true, new QuotedOutsideStrings(treated));
        filter.accept(text);
        filter.finish();
        if (treated.toString().equals(text)) {
            return pieces;
        }
        ChatEvent.VendorDelta first = pieces.getFirst();
        ObjectNode delta = (ObjectNode) first.delta().deepCopy();
        delta.put(PIECE, treated.toString());
        return List.of(new ChatEvent.VendorDelta(first.choice(), first.part(), first.dialect(), delta, Wire.NONE));
    }

    private static String plainly(String json) {
        PlainEscapes escapes = new PlainEscapes.InJson();
        return escapes.accept(json) + escapes.finish();
    }
}
