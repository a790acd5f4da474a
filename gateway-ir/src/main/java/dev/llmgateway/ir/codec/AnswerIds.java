package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of answers: clients require one, and agents take answers of one id for one answer. */
public final class AnswerIds {

    /** Shorter ones come again within a conversation: some local servers draw a number below a thousand. */
    private static final int LONG_ENOUGH = 20;

    private AnswerIds() {}

    /**
     * The provider's id, or a new one, unique, when that is empty.
     *
     * @param prefix what ids of the client's dialect begin with, {@code msg_} for example
     */
    public static String orNew(String ofProvider, String prefix) {
        return ofProvider.isEmpty() ? prefix + UUID.randomUUID().toString().replace("-", "") : ofProvider;
    }

    /**
     * The provider's id, or another one when that is of another format and so short that it may come again: the same each time that
     * this answer is told.
     *
     * @param created when the answer was made, in seconds
     * @param request what it answers: within a conversation each has more messages than the one before
     */
    public static String unique(String ofProvider, long created, ChatRequest request, String prefix) {
        if (ofProvider.isEmpty() || ofProvider.startsWith(prefix) || ofProvider.length() >= LONG_ENOUGH) {
            return orNew(ofProvider, prefix);
        }
        String name = created + " " + request.messages().size() + " " + ofProvider;
        return prefix
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** Such an id behind {@code prefix}, which it has already if its format is the client's. */
    public static String prefixed(String ofProvider, long created, ChatRequest request, String prefix) {
        String id = unique(ofProvider, created, request, prefix);
        return id.startsWith(prefix) ? id : prefix + id;
    }
}
