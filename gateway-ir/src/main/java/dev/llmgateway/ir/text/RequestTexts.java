package dev.llmgateway.ir.text;

import dev.llmgateway.ir.ChatRequest;

/**
 * All texts of a request: instructions, messages of every role, results and arguments of tools, descriptions and schemas,
 * file names, document texts, addresses, stop texts, the end user's id, and every string in what only one vendor knows.
 * Pure functions; the order is messages, tools, response format, stop texts, end user, vendor's members.
 *
 * <p>Not texts, and never handed over: the model's name, names of tools and roles, ids that tie parts together, words of
 * the protocol ({@code type}, {@code detail}, media types), property names of schemas, names of the members that a codec does not know, Base64
 * data of images, sounds and PDFs ({@code data:} URLs included), and sealed reasoning. Base64 of a text file is handed
 * over decoded.
 *
 * <pre>{@code
 * ChatRequest clean = RequestTexts.map(request, (text, place) -> scanner.redact(text));
 * }</pre>
 */
public final class RequestTexts {

    private RequestTexts() {}

    /**
     * The request with every text mapped. Costs no copy of anything that does not change.
     *
     * <p>Arguments of a tool call that are JSON stay JSON, see {@link JsonTexts}. Reasoning that its vendor signed cannot
     * be changed, because Anthropic refuses the whole request then: a signed block whose text would change is left out,
     * with its signature, and so is the message when nothing else is in it. Seals of other vendors do not cover the
     * readable summary beside them: that is replaced and the seal is kept.
     *
     * @return the same instance when no text changed, so that the body it was decoded from is still sent as it is
     */
    public static ChatRequest map(ChatRequest request, TextMapper mapper) {
        return new RequestWalk(new Texts(mapper)).map(request);
    }

    /** Reads the texts, in the same order, until the visitor has enough. */
    public static void visit(ChatRequest request, TextVisitor visitor) {
        new RequestWalk(new Texts(visitor)).map(request);
    }
}
