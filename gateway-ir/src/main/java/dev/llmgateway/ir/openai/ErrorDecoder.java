package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.Scrubber;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a provider's error: OpenAI's object, Google's inside an array, Azure's with code numbers as text, DeepInfra's
 * {@code detail}, Ollama's plain string. Never fails. Both of OpenAI's formats have the same errors.
 */
public final class ErrorDecoder {

    private static final Set<String> KNOWN = Set.of("message", "type", "param", "code");

    private ErrorDecoder() {}

    static WireError decode(int status, byte[] body) {
        try {
            return read(status, Json.parse(body));
        } catch (InvalidJsonException e) {
            return error(status, Json.mapper().createObjectNode(), "", ErrorExtras.NONE);
        }
    }

    /** Reads an error that came after a successful status; the status is then what the error itself tells. */
    public static WireError decodeInStream(JsonNode frame) {
        return read(0, frame);
    }

    private static WireError read(int status, JsonNode body) {
        JsonNode node = body.isArray() && !body.isEmpty() ? body.get(0) : body;
        JsonNode error = node.path("error");
        if (error.isObject()) {
            ErrorExtras extras = ErrorExtras.of(Dialect.OPENAI_CHAT, error, KNOWN);
            return error(statusOf(status, error, node), error, message(error), extras);
        }
        String message = error.isString() ? error.stringValue() : message(node);
        return error(statusOf(status, node, node), node, message, ErrorExtras.NONE);
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

    private static WireError error(int status, JsonNode error, String message, ErrorExtras extras) {
        String type = word(error, "type");
        String code = word(error, "code");
        Kind kind = badGoogleKey(error, message) ? Kind.AUTHENTICATION : ErrorKinds.of(status, type, code, message);
        String param = error.path("param").stringValue(null);
        String text = message.isBlank() ? "the provider answered with status " + status : Scrubber.clean(message);
        int shown = kind == Kind.AUTHENTICATION ? 401 : status;
        return new WireError(shown, kind, text, isNumber(code) ? null : code, param, extras);
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

    private static @Nullable String word(JsonNode error, String name) {
        JsonNode value = error.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    private static boolean isNumber(@Nullable String code) {
        return code != null && code.chars().allMatch(Character::isDigit);
    }
}
