package dev.llmgateway.server.http;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.TraceContext;
import dev.llmgateway.ir.Dialect;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a caller says about one call in its headers. */
final class CallHeaders {

    private static final String TIMEOUT = "x-gateway-timeout";
    private static final String FAILOVER = "x-gateway-failover";
    private static final String SOURCE = "x-source";
    private static final String PROJECT = "x-project";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Besides those below the space, the one control character of ASCII. What is above is part of some letter's bytes. */
    private static final char DELETE = 0x7F;

    private static final long LONGEST_TIMEOUT_SECONDS = 86_400;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Headers that are passed on to a provider of the caller's own dialect. */
    private static final List<String> FOR_ANTHROPIC =
            List.of(Dialects.ANTHROPIC_VERSION, "anthropic-beta", "anthropic-user-profile-id");

    private static final List<String> FOR_OPENAI = List.of("openai-beta");

    private CallHeaders() {}

    /**
     * What the headers say of a call.
     *
     * @throws HttpRefusal when a header makes no sense
     */
    static CallOptions.Builder options(HttpServletRequest request, Dialect dialect) {
        return CallOptions.builder()
                .timeout(timeout(SingleHeader.of(request, TIMEOUT)))
                .failover(failover(SingleHeader.of(request, FAILOVER)))
                .routing(RoutingHeaders.options(request))
                .trace(trace(request))
                .labels(new CallLabels(dialect, label(request, SOURCE), label(request, PROJECT)))
                .providerHeaders(providerHeaders(request, dialect))
                .idempotencyKey(idempotencyKey(request))
                .cacheUse(CacheControl.use(request));
    }

    /** An empty header says nothing, as when a script's variable is empty. */
    private static @Nullable String label(HttpServletRequest request, String name) {
        String value = SingleHeader.of(request, name);
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = utf8(value);
        if (text.length() > CallLabels.LONGEST) {
            throw HttpRefusal.badRequest(name, "must have at most " + CallLabels.LONGEST + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw HttpRefusal.badRequest(name, "must not have control characters");
        }
        return text;
    }

    /** Headers are read as Latin-1, byte by byte. Most programs write UTF-8; what is none is taken as it is. */
    private static String utf8(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    /** What cannot be understood is no reason to refuse a call: it is as if there were no trace. */
    private static @Nullable TraceContext trace(HttpServletRequest request) {
        Enumeration<String> parents = request.getHeaders(TraceContext.HEADER);
        if (!parents.hasMoreElements()) {
            return null;
        }
        String parent = parents.nextElement();
        if (parents.hasMoreElements()) {
            return null;
        }
        List<String> states = Collections.list(request.getHeaders(TraceContext.STATE_HEADER));
        return TraceContext.parse(parent, states.isEmpty() ? null : String.join(",", states));
    }

    private static @Nullable IdempotencyKey idempotencyKey(HttpServletRequest request) {
        String value = SingleHeader.of(request, IDEMPOTENCY_KEY);
        if (value == null) {
            return null;
        }
        if (value.isBlank()
                || value.length() > IdempotencyKey.LONGEST
                || value.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
            throw HttpRefusal.badRequest(
                    IDEMPOTENCY_KEY,
                    "must have from 1 to " + IdempotencyKey.LONGEST
                            + " characters, none of them a control character and not all of them blank");
        }
        return new IdempotencyKey(value, request.getRequestURI());
    }

    private static @Nullable Duration timeout(@Nullable String seconds) {
        if (seconds == null) {
            return null;
        }
        String digits = seconds.strip();
        long value = WHOLE_NUMBER.matcher(digits).matches() ? Long.parseLong(digits) : 0;
        if (value < 1 || value > LONGEST_TIMEOUT_SECONDS) {
            throw HttpRefusal.badRequest(TIMEOUT, "must be whole seconds from 1 to " + LONGEST_TIMEOUT_SECONDS);
        }
        return Duration.ofSeconds(value);
    }

    private static boolean failover(@Nullable String word) {
        if (word == null || word.equalsIgnoreCase("enabled")) {
            return true;
        }
        if (word.equalsIgnoreCase("disabled")) {
            return false;
        }
        throw HttpRefusal.badRequest(FAILOVER, "must be \"enabled\" or \"disabled\"");
    }

    private static Map<String, String> providerHeaders(HttpServletRequest request, Dialect dialect) {
        List<String> names = switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> FOR_OPENAI;
            case ANTHROPIC_MESSAGES -> FOR_ANTHROPIC;
        };
        Map<String, String> headers = null;
        for (String name : names) {
            String value = request.getHeader(name);
            if (value != null) {
                headers = headers == null ? new HashMap<>() : headers;
                headers.put(name, value);
            }
        }
        return headers == null ? Map.of() : headers;
    }
}
