package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.JsonDocument;

/** The bound of an answer in tokens, which has two names in Chat Completions. */
public final class OutputLimit {

    /** Its older name. */
    public static final String OLDER = "max_tokens";

    /** Its newer name, which wins where a request has both. */
    public static final String NEWER = "max_completion_tokens";

    private OutputLimit() {}

    /**
     * Notes that more tokens may come than were asked for, by the name that its caller used, as far as the bytes can still tell. One
     * that is lowered to the most that a model can give costs nobody anything and is not noted.
     */
    public static void nameRaised(ChatRequest request, Losses losses) {
        JsonDocument wire = request.wire();
        if (request.dialect() == Dialect.OPENAI_CHAT
                && wire != null
                && !wire.value(NEWER).isNumber()) {
            losses.add(OLDER);
        } else {
            losses.add(Lost.OUTPUT_LIMIT);
        }
    }
}
