package dev.llmgateway.server.http;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.items.KeptItems;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.responses.AnswerItems;
import dev.llmgateway.ir.responses.KnownItems;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What callers were answered and may refer to: keeps the items of answers, and puts them in the places of their references. */
final class AnsweredItems {

    private final @Nullable KeptItems kept;
    private final long maxBodyBytes;

    /**
     * Items of one gateway's answers.
     *
     * @param kept null when none are kept
     * @param maxBodyBytes how large a request may be, also with all that it refers to
     */
    AnsweredItems(@Nullable KeptItems kept, long maxBodyBytes) {
        this.kept = kept;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Reads a request of the caller that {@code options} tell. */
    ChatRequest decode(DialectCodec codec, byte[] body, CallOptions options) {
        return decode(codec, body, options.caller().tenant(), options.routing().classification());
    }

    /**
     * Reads a request of a tenant.
     *
     * @param level the highest that the items may be of
     * @throws HttpRefusal when it is too large with the items that it refers to: a few bytes may name many
     */
    ChatRequest decode(DialectCodec codec, byte[] body, String tenant, DataClassification level) {
        KeptItems items = kept;
        return items != null && codec instanceof OpenAiResponsesCodec responses
                ? responses.decodeRequest(body, bounded(body.length, id -> items.find(tenant, level, id)))
                : codec.decodeRequest(body);
    }

    private KnownItems bounded(long bodyBytes, KnownItems known) {
        long[] bytes = {bodyBytes};
        return id -> {
            byte[] item = known.find(id);
            bytes[0] += item == null ? 0 : item.length;
            if (bytes[0] > maxBodyBytes) {
                throw HttpRefusal.tooLargeWithItems(maxBodyBytes);
            }
            return item;
        };
    }

    /**
     * Keeps the items of a complete answer, before its caller has it.
     *
     * @param origin who has answered; null when that is not known
     */
    void keep(ChatRequest request, CallOptions options, @Nullable Origin origin, byte[] answer) {
        if (kept != null && mayBeKept(request)) {
            AnswerItems.ofAnswer(answer, provider(origin), (id, item) -> keep(kept, options, id, item));
        }
    }

    /**
     * A buffer for the events of an answer; the items that they tell are kept before they are sent.
     *
     * @param origin who answers; null when that is not known
     */
    SseBuffer buffer(ChatRequest request, CallOptions options, @Nullable Origin origin) {
        KeptItems items = kept;
        if (items == null || !mayBeKept(request)) {
            return new SseBuffer();
        }
        String provider = provider(origin);
        return new SseBuffer((event, data) ->
                AnswerItems.ofEvent(event, data, provider, (id, item) -> keep(items, options, id, item)));
    }

    private static @Nullable String provider(@Nullable Origin origin) {
        return origin == null ? null : origin.provider();
    }

    private static void keep(KeptItems items, CallOptions options, String id, byte[] item) {
        items.keep(options.caller().tenant(), options.routing().classification(), id, item);
    }

    /** Answers are kept unless their caller says otherwise, as at OpenAI. */
    private static boolean mayBeKept(ChatRequest request) {
        JsonNode store = request.extras().member(OPENAI_RESPONSES, "store");
        return request.dialect() == OPENAI_RESPONSES && (store == null || store.booleanValue(true));
    }
}
