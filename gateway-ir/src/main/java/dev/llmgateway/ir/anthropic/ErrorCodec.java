package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.ContextOverflow;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.ErrorMembers;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Error bodies and error events. */
final class ErrorCodec {

    /** What Anthropic says of a prompt that is too long; clients look for it to shorten the conversation. */
    private static final String TOO_LONG = "prompt is too long";

    /** Nothing left to spend, or no more than an organisation or workspace allows itself. */
    private static final List<String> NO_CREDIT = List.of(
            "credit balance is too low",
            "you have reached your specified api usage limits",
            "you have reached your specified workspace api usage limits",
            "insufficient_quota");

    private static final String DETAILS = "details";
    private static final String CODE = "error_code";

    /** What a body or an event says, or an answer that turns out to be an error. */
    private static final Set<String> BESIDE = Set.of("type", "error", "role", "model");

    private static final String CONTEXT_CODE = "context_length_exceeded";

    private ErrorCodec() {}

    /** Reads an error body; one of another shape gives what the status tells. */
    static WireError decode(int status, byte[] body) {
        JsonNode root;
        try {
            root = Json.parse(body);
        } catch (InvalidJsonException e) {
            ErrorMembers members = new ErrorMembers(Dialect.ANTHROPIC_MESSAGES);
            ErrorExtras extras =
                    body.length == 0 ? ErrorExtras.NONE : members.andMore().toExtras();
            return build(status, WireError.kindOf(status), null, null, extras);
        }
        return decode(status, root);
    }

    /** Reads an error event, whose status is told by its type alone. */
    static WireError decodeEvent(JsonNode root) {
        return decode(0, root);
    }

    private static WireError decode(int status, JsonNode root) {
        JsonNode error = root.path("error");
        String message = text(error.isString() ? error : error.path("message"));
        String type = text(error.path("type"));
        Kind told = type == null ? null : byType(type);
        // A bad request is also what servers call whatever has no word of its own, such as a timeout with status 408.
        boolean saysLittle = told == Kind.INVALID_REQUEST && status != 0;
        Kind kind = told == null || saysLittle ? WireError.kindOf(status == 0 ? 500 : status) : told;
        int effective = status == 0 ? statusOf(kind) : status;
        String code = text(error.path(DETAILS).path(CODE));
        ErrorMembers members = new ErrorMembers(Dialect.ANTHROPIC_MESSAGES)
                .inside(error, read(error, code))
                .beside(root, BESIDE);
        boolean isReadable = error.isObject() || error.isString();
        ErrorExtras extras = isReadable ? members.toExtras() : members.andMore().toExtras();
        return build(effective, kind, message, code == null ? text(error.path("code")) : code, extras);
    }

    /**
     * The members that are told in other words.
     *
     * @param code the one in the details, or null
     */
    private static Set<String> read(JsonNode error, @Nullable String code) {
        Set<String> read = new HashSet<>(Set.of("type", "message"));
        if (code != null && error.path(DETAILS).size() == 1) {
            read.add(DETAILS);
        }
        if (code == null && error.path("code").isString() && error.path(DETAILS).isEmpty()) {
            read.add("code");
        }
        return read;
    }

    private static WireError build(
            int status, Kind kind, @Nullable String message, @Nullable String code, ErrorExtras extras) {
        String said = message == null || message.isBlank() ? "the provider answered with status " + status : message;
        String all = (said + " " + code).toLowerCase(Locale.ROOT);
        if (ContextOverflow.isSaidIn(all)) {
            return new WireError(status, Kind.CONTEXT_WINDOW, said, CONTEXT_CODE, null, extras);
        }
        if (NO_CREDIT.stream().anyMatch(all::contains)) {
            return new WireError(status, Kind.QUOTA_EXHAUSTED, said, code, null, extras);
        }
        return new WireError(status, kind, said, code, null, extras);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static @Nullable Kind byType(String type) {
        return switch (type) {
            case "invalid_request_error" -> Kind.INVALID_REQUEST;
            case "authentication_error" -> Kind.AUTHENTICATION;
            case "billing_error" -> Kind.BILLING;
            case "permission_error" -> Kind.PERMISSION;
            case "not_found_error" -> Kind.NOT_FOUND;
            case "request_too_large" -> Kind.TOO_LARGE;
            case "rate_limit_error" -> Kind.RATE_LIMIT;
            case "api_error" -> Kind.SERVER;
            case "timeout_error" -> Kind.TIMEOUT;
            case "overloaded_error" -> Kind.OVERLOADED;
            default -> null;
        };
    }

    /** Clients go by the status: with 429, which is OpenAI's for an empty purse, they would ask again and again. */
    static int shownStatus(WireError error) {
        boolean isSpent = error.kind() == Kind.BILLING || error.kind() == Kind.QUOTA_EXHAUSTED;
        return isSpent ? statusOf(error.kind()) : error.status();
    }

    private static int statusOf(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_WINDOW -> 400;
            case AUTHENTICATION -> 401;
            case BILLING, QUOTA_EXHAUSTED -> 402;
            case PERMISSION -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case TOO_LARGE -> 413;
            case RATE_LIMIT -> 429;
            case SERVER -> 500;
            case TIMEOUT -> 504;
            case OVERLOADED -> 529;
        };
    }

    /** Anthropic's word for a kind. */
    static String type(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, METHOD_NOT_ALLOWED, CONTEXT_WINDOW -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case BILLING, QUOTA_EXHAUSTED -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMIT -> "rate_limit_error";
            case SERVER -> "api_error";
            case TIMEOUT -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
        };
    }

    /**
     * Writes an error body or, with no request id, the data of an error event.
     *
     * @param requestId our id of the request, or null
     */
    static byte[] encode(WireError error, @Nullable String requestId) {
        JsonWriter out = new JsonWriter(256);
        out.object().text("type", "error").object("error");
        out.text("type", type(error.kind())).text("message", message(error));
        Map<String, JsonNode> extras = error.extras().shownTo(Dialect.ANTHROPIC_MESSAGES);
        if (error.code() != null && !extras.containsKey(DETAILS)) {
            out.object(DETAILS).text(CODE, error.code()).endObject();
        }
        out.members(extras);
        out.endObject().optional("request_id", requestId);
        return out.members(error.extras().shownBesideTo(Dialect.ANTHROPIC_MESSAGES))
                .endObject()
                .toBytes();
    }

    /** Clients that compact a conversation know an overflow by Anthropic's own words. */
    private static String message(WireError error) {
        boolean recognisable = error.kind() != Kind.CONTEXT_WINDOW
                || error.message().toLowerCase(Locale.ROOT).contains(TOO_LONG);
        return recognisable ? error.message() : TOO_LONG + ": " + error.message();
    }
}
