package dev.llmgateway.ir.codec;

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

    /** The provider's id, or a new one when that is of another format and so short that it may come again. */
    public static String unique(String ofProvider, String prefix) {
        boolean isKept = ofProvider.startsWith(prefix) || ofProvider.length() >= LONG_ENOUGH;
        return orNew(isKept ? ofProvider : "", prefix);
    }

    /** Such an id behind {@code prefix}, which it has already if its format is the client's. */
    public static String prefixed(String ofProvider, String prefix) {
        String id = unique(ofProvider, prefix);
        return id.startsWith(prefix) ? id : prefix + id;
    }
}
