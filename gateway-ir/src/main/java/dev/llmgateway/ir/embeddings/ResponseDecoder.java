package dev.llmgateway.ir.embeddings;

import static dev.llmgateway.ir.Dialect.OPENAI_EMBEDDINGS;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Vector;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OtherCounts;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads a provider's answer, token by token. For one answer. */
final class ResponseDecoder {

    /** What the usage tells beside the tokens. */
    static final OtherCounts OTHER_COUNTS =
            new OtherCounts(OPENAI_EMBEDDINGS, Set.of("prompt_tokens", "total_tokens"), Map.of());

    /** What is read, or said by every answer in the same words. */
    private static final Set<String> KNOWN = Set.of(Members.OBJECT, Members.DATA, Members.MODEL, Members.USAGE);

    private static final Set<String> KNOWN_OF_ITEM = Set.of(Members.OBJECT, Members.INDEX);

    private static final Target ANY = new Target("", "", ModelTraits.openAi());

    private final VectorReader vectors = new VectorReader();
    /** By their indexes, which say for which input each is. */
    private final TreeMap<Integer, Content.Embedding> found = new TreeMap<>();

    private final Map<String, JsonNode> others = new LinkedHashMap<>(0);
    private String model = "";
    private @Nullable Usage usage;
    private Extras ofUsage = Extras.NONE;

    private ResponseDecoder() {}

    static ChatResponse decode(byte[] body) {
        ResponseDecoder decoder = new ResponseDecoder();
        try {
            boolean hasData = Json.read(body, decoder::answer);
            if (!hasData) {
                throw noAnswer(body);
            }
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
        return decoder.response(body);
    }

    /** An error in place of an answer looks as it does for chats, and is thrown as it is for these. */
    private static MalformedAnswerException noAnswer(byte[] body) {
        try {
            new OpenAiChatCodec().decodeResponse(body, ANY);
        } catch (MalformedAnswerException e) {
            return new MalformedAnswerException("it has no embeddings");
        }
        return new MalformedAnswerException("it is one of a chat");
    }

    /** Whether there is any embedding. */
    private boolean answer(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(Members.DATA) && value == JsonToken.START_ARRAY) {
                data(json);
            } else if (name.equals(Members.MODEL) && value == JsonToken.VALUE_STRING) {
                model = json.getString();
            } else if (name.equals(Members.USAGE) && value == JsonToken.START_OBJECT) {
                usage(Json.mapper().readTree(json));
            } else if (KNOWN.contains(name)) {
                json.skipChildren();
            } else {
                others.put(name, Json.mapper().readTree(json));
            }
        }
        if (json.nextToken() != null) {
            throw new MalformedAnswerException("it has more text behind its end");
        }
        return !found.isEmpty();
    }

    private void data(JsonParser json) {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new MalformedAnswerException("it has something else than embeddings in it");
            }
            item(json);
        }
    }

    private void item(JsonParser json) {
        int index = found.size();
        Vector vector = null;
        Map<String, JsonNode> more = Map.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(Members.EMBEDDING)) {
                vector = vectors.read(json);
            } else if (name.equals(Members.INDEX) && value == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else if (KNOWN_OF_ITEM.contains(name)) {
                json.skipChildren();
            } else {
                more = more.isEmpty() ? new LinkedHashMap<>() : more;
                more.put(name, Json.mapper().readTree(json));
            }
        }
        if (vector == null || index < 0 || found.put(index, embedding(vector, more)) != null) {
            throw new MalformedAnswerException("it lacks an embedding, or has two for one input");
        }
    }

    private static Content.Embedding embedding(Vector vector, Map<String, JsonNode> more) {
        return new Content.Embedding(vector, Extras.of(OPENAI_EMBEDDINGS, more));
    }

    private void usage(JsonNode told) {
        JsonNode tokens = told.path(told.has("prompt_tokens") ? "prompt_tokens" : "total_tokens");
        usage = ReportedTokens.orNull(Usage.of(ReportedTokens.count(tokens), 0));
        ofUsage = OTHER_COUNTS.in(told);
    }

    private Extras extras() {
        return Extras.of(OPENAI_EMBEDDINGS, others).and(ofUsage);
    }

    private ChatResponse response(byte[] body) {
        List<Content> inOrder = new ArrayList<>(found.size());
        int dimensions = found.firstEntry().getValue().vector().dimensions();
        for (Content.Embedding embedding : found.values()) {
            if (embedding.vector().dimensions() != dimensions) {
                throw new MalformedAnswerException("it has embeddings of different lengths");
            }
            inOrder.add(embedding);
        }
        if (found.lastKey() != found.size() - 1) {
            throw new MalformedAnswerException("it lacks the embedding of an input");
        }
        return new ChatResponse(
                "",
                model,
                0,
                List.of(new Choice(0, inOrder, StopReason.END_TURN, null, extras())),
                usage,
                null,
                Wire.of(WireForm.body(OPENAI_EMBEDDINGS, body, ResponseDecoder::decode), 0));
    }
}
