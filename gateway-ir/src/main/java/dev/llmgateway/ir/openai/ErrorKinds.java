package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What went wrong, told by a provider's words first and by the status last; and the words for each kind. */
final class ErrorKinds {

    /** How OpenAI and its copies, Anthropic, Google and Ollama say that the prompt is too long. */
    private static final Pattern CONTEXT = Pattern.compile("maximum context length"
            + "|prompt is too long"
            + "|input token count.{0,60}exceeds"
            + "|exceeded max context length"
            + "|exceeds? (?:the )?(?:available |model'?s? )?context (?:size|length|window)"
            + "|reduce the length of the (?:messages|prompt)");

    private ErrorKinds() {}

    static Kind of(int status, @Nullable String type, @Nullable String code, String message) {
        if (is("context_length_exceeded", type, code)
                || CONTEXT.matcher(message.toLowerCase(Locale.ROOT)).find()) {
            return Kind.CONTEXT_WINDOW;
        }
        if (is("insufficient_quota", type, code) || is("billing_hard_limit_reached", type, code)) {
            return Kind.QUOTA_EXHAUSTED;
        }
        if (is("invalid_api_key", type, code)) {
            return Kind.AUTHENTICATION;
        }
        return byStatus(status);
    }

    private static boolean is(String word, @Nullable String type, @Nullable String code) {
        return word.equals(type) || word.equals(code);
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 402 -> Kind.BILLING;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 405 -> Kind.METHOD_NOT_ALLOWED;
            case 408, 504, 524 -> Kind.TIMEOUT;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMIT;
            // Groq says 498 when it has no capacity left.
            case 498, 503, 529 -> Kind.OVERLOADED;
            default -> status >= 500 ? Kind.SERVER : Kind.INVALID_REQUEST;
        };
    }

    /** The status for an error that came without one. */
    static int statusOf(@Nullable String type, @Nullable String code) {
        String words = ((type == null ? "" : type) + " " + (code == null ? "" : code)).toLowerCase(Locale.ROOT);
        if (words.contains("rate_limit") || words.contains("insufficient_quota")) {
            return 429;
        }
        if (words.contains("authentication") || words.contains("invalid_api_key")) {
            return 401;
        }
        if (words.contains("permission")) {
            return 403;
        }
        if (words.contains("not_found")) {
            return 404;
        }
        if (words.contains("invalid_request") || words.contains("context_length") || words.contains("bad_request")) {
            return 400;
        }
        return words.contains("overloaded") || words.contains("unavailable") ? 503 : 500;
    }

    static String type(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, AUTHENTICATION, NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, CONTEXT_WINDOW ->
                "invalid_request_error";
            case PERMISSION -> "permission_error";
            case BILLING, QUOTA_EXHAUSTED -> "insufficient_quota";
            case RATE_LIMIT -> "rate_limit_error";
            case OVERLOADED, TIMEOUT, SERVER -> "server_error";
        };
    }

    /** The finer word, or null when the type says all. */
    static @Nullable String code(WireError error) {
        if (error.code() != null) {
            return error.code();
        }
        return switch (error.kind()) {
            case AUTHENTICATION -> "invalid_api_key";
            case METHOD_NOT_ALLOWED -> "method_not_allowed";
            case TOO_LARGE -> "request_too_large";
            case CONTEXT_WINDOW -> "context_length_exceeded";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case BILLING, QUOTA_EXHAUSTED -> "insufficient_quota";
            case OVERLOADED -> "overloaded";
            case TIMEOUT -> "timeout";
            case INVALID_REQUEST, PERMISSION, NOT_FOUND, SERVER -> null;
        };
    }
}
