package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The log probabilities of an answer's tokens, which both formats of OpenAI have. They spell the text out, so they are kept with the
 * end of the answer, when it is known whether the text was changed; as Chat has them, or, of a stream of Chat, whose chunks have each
 * a piece, as one list in the manner of Responses. Collects the pieces of one stream; not thread safe.
 */
public final class Logprobs {

    /** The member that has them, in both formats. */
    public static final String NAME = "logprobs";

    /** Remembers, among the extras of an answer's end, that there were more, or some. No client is shown it. */
    public static final String CUT = "logprobs.cut";

    private static final String OF_TEXT = "content";

    /** With the likeliest alternatives, a token's probabilities are some kilobytes. */
    private static final int MOST = 4_096;

    private @Nullable ArrayNode collected;
    private boolean full;

    /** Adds the probabilities of some tokens; beyond a bound they are left out. */
    public void add(JsonNode tokens) {
        add(tokens, 0);
    }

    /** Adds those of some tokens but for the first, so many of which were added before. */
    public void add(JsonNode tokens, int before) {
        for (int i = before; i < tokens.size(); i++) {
            collected = collected == null ? Json.mapper().createArrayNode() : collected;
            if (collected.size() >= MOST) {
                full = true;
                return;
            }
            collected.add(tokens.path(i));
        }
    }

    /** Adds what a chunk of Chat tells of them. */
    public void addChunk(JsonNode choice) {
        add(choice.path(NAME).path(OF_TEXT));
    }

    /** Puts all of them with the end of an answer of Responses, in the words of Chat. */
    public Extras inWordsOfChat(Extras extras) {
        if (collected == null) {
            return extras;
        }
        return marked(
                extras.with(OPENAI_CHAT, NAME, Json.mapper().createObjectNode().set(OF_TEXT, collected)));
    }

    /** Puts all of them with the end of a stream of Chat, whose client has read them, in the words of Responses. */
    public Extras inWordsOfResponses(Extras extras) {
        return collected == null ? extras : marked(extras.with(OPENAI_RESPONSES, NAME, collected));
    }

    /** The extras of an end without them, for the text that they spell out was changed; they are named as left out. */
    public static Extras leftOut(Extras extras) {
        Extras others = extras.without(NAME);
        return others == extras ? extras : others.with(OPENAI_RESPONSES, CUT, BooleanNode.TRUE);
    }

    private Extras marked(Extras extras) {
        return full ? extras.with(OPENAI_RESPONSES, CUT, BooleanNode.TRUE) : extras;
    }

    /** Names what Chat tells beside those of the text, as of a refusal in words; Responses has a place for texts alone. */
    static void others(Extras extras, Consumer<String> names) {
        JsonNode ofChat = extras.member(OPENAI_CHAT, NAME);
        if (ofChat != null) {
            ofChat.forEachEntry((name, value) -> {
                if (!name.equals(OF_TEXT) && OtherCounts.tellsSomething(value)) {
                    names.accept(NAME + "." + name);
                }
            });
        }
    }

    /** The probabilities that stand at the end of an answer; nothing when there are none. */
    public static JsonNode of(Extras extras) {
        JsonNode all = extras.member(OPENAI_RESPONSES, NAME);
        JsonNode ofChat = extras.member(OPENAI_CHAT, NAME);
        if (all != null) {
            return all;
        }
        JsonNode content = ofChat == null ? null : ofChat.get(OF_TEXT);
        return content != null && content.isArray() ? content : MissingNode.getInstance();
    }
}
