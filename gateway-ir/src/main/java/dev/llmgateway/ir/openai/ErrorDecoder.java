package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ErrorMembers;
import dev.llmgateway.ir.codec.Scrubber;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a provider's error: OpenAI's object, Google's inside an array, Azure's with code numbers as text, DeepInfra's
 * {@code detail}, Ollama's plain string. Never fails. Both of OpenAI's formats have the same errors.
 */
public final class ErrorDecoder {

    private static final Set<String> EVERY = Set.of("message", "type", "param", "code");

    /** Those that stand beside a message, too. */
    private static final Set<String> WORDS = Set.of("type", "param", "code");

    /** What every choice says, and what is named of all choices together. */
    private static final Set<String> OF_HOLDER =
            Set.of("error", "index", "id", "delta", "message", "finish_reason", "logprobs");

    private static final Set<String> OF_FRAME = Set.of("type", "response", "sequence_number");

    /** What stands in every body and every event. */
    private static final Set<String> BESIDE = Set.of("error", "type", "object", "sequence_number");

    private ErrorDecoder() {}

    static WireError decode(int status, byte[] body) {
        ErrorMembers members = new ErrorMembers(Dialect.OPENAI_CHAT);
        try {
            JsonNode told = Json.parse(body);
            JsonNode first = told.isArray() && !told.isEmpty() ? told.get(0) : told;
            boolean isOneOfSeveral = told.isArray() && told.size() > 1;
            return read(status, first, first, BESIDE, isOneOfSeveral ? members.andMore() : members);
        } catch (InvalidJsonException e) {
            return error(status, Json.mapper().createObjectNode(), "", body.length == 0 ? members : members.andMore());
        }
    }

    /** Reads an error that came after a successful status; the status is then what the error itself tells. */
    public static WireError decodeInStream(JsonNode frame) {
        return read(0, frame, frame, BESIDE, new ErrorMembers(Dialect.OPENAI_CHAT));
    }

    /**
     * Reads an error in an answer that began as a success.
     *
     * @param holder what has it as its {@code error}: the answer, or something in it
     * @param known what the answer says beside it that is no loss
     */
    public static WireError decodeInAnswer(JsonNode holder, JsonNode answer, Set<String> known) {
        return read(0, holder, answer, known, new ErrorMembers(Dialect.OPENAI_CHAT));
    }

    /**
     * Reads an error in what an event says of its answer.
     *
     * @param known what the answer says beside it that is no loss
     */
    public static WireError decodeInFrame(JsonNode frame, JsonNode answer, Set<String> known) {
        return read(0, answer, answer, known, new ErrorMembers(Dialect.OPENAI_CHAT).beside(frame, OF_FRAME));
    }

    private static WireError read(int status, JsonNode holder, JsonNode body, Set<String> known, ErrorMembers members) {
        JsonNode told = holder.path("error");
        boolean isAllOfIt = !told.isObject() && !told.isString() && known.equals(BESIDE);
        JsonNode error = told.isObject() ? told : holder;
        boolean isNeither = !told.isMissingNode() && !told.isNull() && !told.isObject() && !told.isString();
        if (isNeither || !body.isObject()) {
            // A list of complaints, say, in a shape that nobody has told of.
            members.andMore();
        }
        if (isAllOfIt) {
            inside(error, BESIDE, members);
        } else {
            members.beside(body, told.isString() && holder == body ? and(known, WORDS) : known);
            if (holder != body) {
                members.beside(holder, OF_HOLDER);
            }
        }
        if (told.isObject()) {
            inside(error, Set.of(), members);
        }
        JsonNode words = told.isString() ? told : holder;
        String message = words.isString() ? words.stringValue() : message(error);
        return error(statusOf(status, error, holder), error, message, members);
    }

    /** Takes what is not told in the members that every error has, in which clients expect no more than texts and nulls. */
    private static void inside(JsonNode error, Set<String> known, ErrorMembers members) {
        for (String name : EVERY) {
            if (error.path(name).isContainer()) {
                members.withoutInside(name);
            }
        }
        boolean isDetailTheMessage =
                error.path("detail").isString() && !error.path("message").isString();
        Set<String> read = and(known, EVERY);
        members.inside(error, isDetailTheMessage ? and(read, Set.of("detail")) : read);
    }

    private static Set<String> and(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static String message(JsonNode error) {
        for (String name : new String[] {"message", "detail"}) {
            JsonNode value = error.path(name);
            if (value.isString()) {
                return value.stringValue();
            }
            if (value.isObject()) {
                return message(value);
            }
            if (value.isArray()) {
                return validation(value);
            }
        }
        return "";
    }

    /** {@code [{"loc": ["body", "messages"], "msg": "field required"}]}. */
    private static String validation(JsonNode details) {
        StringBuilder text = new StringBuilder();
        for (JsonNode detail : details.values()) {
            String what = detail.path("msg").stringValue("");
            if (what.isEmpty()) {
                continue;
            }
            text.append(text.isEmpty() ? "" : "; ");
            StringBuilder where = new StringBuilder();
            detail.path("loc")
                    .values()
                    .forEach(step -> where.append(where.isEmpty() ? "" : ".").append(step.asString("")));
            text.append(where).append(where.isEmpty() ? "" : ": ").append(what);
        }
        return text.toString();
    }

    private static int statusOf(int status, JsonNode error, JsonNode outer) {
        if (status != 0) {
            return status;
        }
        for (JsonNode value : new JsonNode[] {
            error.path("status_code"), error.path("code"), outer.path("status_code"), outer.path("code")
        }) {
            int number = value.asInt(0);
            if (number >= 400 && number <= 599) {
                return number;
            }
        }
        return ErrorKinds.statusOf(word(error, "type"), word(error, "code"));
    }

    private static WireError error(int status, JsonNode error, String message, ErrorMembers members) {
        String type = word(error, "type");
        String code = word(error, "code");
        Kind kind = badGoogleKey(error, message) ? Kind.AUTHENTICATION : ErrorKinds.of(status, type, code, message);
        String text = message.isBlank() ? "the provider answered with status " + status : Scrubber.clean(message);
        int shown = kind == Kind.AUTHENTICATION ? 401 : status;
        String told = ErrorKinds.told(code, status, kind);
        if (told == null && code != null && !code.equals(Integer.toString(status))) {
            members.withoutInside("code");
        }
        return new WireError(shown, kind, text, told, word(error, "param"), members.toExtras());
    }

    /** Google answers a bad key with status 400. */
    private static boolean badGoogleKey(JsonNode error, String message) {
        for (JsonNode detail : error.path("details").values()) {
            if (detail.path("reason").stringValue("").equals("API_KEY_INVALID")) {
                return true;
            }
        }
        return message.toLowerCase(Locale.ROOT).contains("api key not valid");
    }

    /** Numbers are told as their texts. */
    private static @Nullable String word(JsonNode error, String name) {
        JsonNode value = error.path(name);
        String word = value.isValueNode() && !value.isNull() ? value.asString("") : "";
        return word.isEmpty() ? null : word;
    }
}
