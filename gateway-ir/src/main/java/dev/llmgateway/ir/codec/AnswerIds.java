package dev.llmgateway.ir.codec;

import java.util.UUID;

/** Ids of answers whose provider gave them none; clients require one. */
public final class AnswerIds {

    private AnswerIds() {}

    /**
     * The provider's id, or a new one, unique, when that is empty.
     *
     * @param prefix what ids of the client's dialect begin with, {@code msg_} for example
     */
    public static String orNew(String ofProvider, String prefix) {
        return ofProvider.isEmpty() ? prefix + UUID.randomUUID().toString().replace("-", "") : ofProvider;
    }

    /** The provider's id behind {@code prefix}, which it has already if its format is the client's; a new one when it is empty. */
    public static String prefixed(String ofProvider, String prefix) {
        return ofProvider.isEmpty() || ofProvider.startsWith(prefix) ? orNew(ofProvider, prefix) : prefix + ofProvider;
    }
}
