package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the items of an answer in the bytes that a client is sent, so that they can be kept for requests that refer to them. They
 * are cut out of the bytes; nothing else is made of these.
 */
public final class AnswerItems {

    private static final String DONE = "response.output_item.done";
    private static final String REASONING_ID = "rs_";
    private static final byte[] NEEDLE = DONE.getBytes(StandardCharsets.US_ASCII);

    /** A frame without a name tells its type among its first members. */
    private static final int BEGINNING = 128;

    private AnswerItems() {}

    /**
     * The items of a complete answer.
     *
     * @param provider the configured id of who has answered, which is kept with reasoning that nobody sealed; null when not known
     * @param reader gets the id of each that has one, and the item as JSON
     */
    public static void ofAnswer(byte[] json, @Nullable String provider, BiConsumer<String, byte[]> reader) {
        read(json, "output", withMaker(provider, reader));
    }

    /**
     * The item of an event of a stream, if that says that an item is complete.
     *
     * @param event the event's name; null when it has none
     * @param provider the configured id of who answers, which is kept with reasoning that nobody sealed; null when not known
     * @param reader gets the item's id, if it has one, and the item as JSON
     */
    public static void ofEvent(
            @Nullable String event, byte[] data, @Nullable String provider, BiConsumer<String, byte[]> reader) {
        if (event == null ? mayBeDone(data) : event.equals(DONE)) {
            read(data, "item", withMaker(provider, reader));
        }
    }

    private static BiConsumer<String, byte[]> withMaker(@Nullable String provider, BiConsumer<String, byte[]> reader) {
        return provider == null ? reader : (id, item) -> reader.accept(id, withMaker(provider, id, item));
    }

    private static byte[] withMaker(String provider, String id, byte[] item) {
        if (!id.startsWith(REASONING_ID)) {
            return item;
        }
        boolean isUnsealed = Json.parse(item) instanceof ObjectNode json
                && OutputDecoder.typeOf(json).equals(OutputDecoder.REASONING)
                && json.path("encrypted_content").stringValue("").isEmpty();
        return isUnsealed
                ? JsonDocument.parse(item)
                        .document()
                        .edit()
                        .set("id", UnsealedReasoning.withMaker(id, provider))
                        .toBytes()
                : item;
    }

    private static boolean mayBeDone(byte[] data) {
        int last = Math.min(data.length, BEGINNING) - NEEDLE.length;
        for (int i = 0; i <= last; i++) {
            if (Arrays.equals(data, i, i + NEEDLE.length, NEEDLE, 0, NEEDLE.length)) {
                return true;
            }
        }
        return false;
    }

    /** What cannot be read has no items: it is on its way to the client all the same. */
    private static void read(byte[] json, String member, BiConsumer<String, byte[]> reader) {
        try {
            Json.read(json, parser -> {
                members(parser, json, member, reader);
                return member;
            });
        } catch (InvalidJsonException e) {
            // Its client will not be able to read it either.
        }
    }

    private static void members(JsonParser parser, byte[] json, String member, BiConsumer<String, byte[]> reader) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals(member);
            JsonToken value = parser.nextToken();
            if (isIt && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    item(parser, json, reader);
                }
                return;
            }
            if (isIt && value == JsonToken.START_OBJECT) {
                item(parser, json, reader);
                return;
            }
            parser.skipChildren();
        }
    }

    private static void item(JsonParser parser, byte[] json, BiConsumer<String, byte[]> reader) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String id = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isId = parser.currentName().equals("id");
            if (parser.nextToken() == JsonToken.VALUE_STRING && isId) {
                id = parser.getString();
            }
            parser.skipChildren();
        }
        int end = (int) parser.currentLocation().getByteOffset();
        if (!id.isEmpty()) {
            reader.accept(id, Arrays.copyOfRange(json, start, end));
        }
    }
}
