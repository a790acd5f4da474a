package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids of tool calls. They travel unchanged where they are legal; where they are not, a pure function of the id replaces
 * them, so that a call and its result, sent in different requests, still meet and no table is needed.
 *
 * <p>Gemini ties a thought signature to a call, and refuses the next turn without it, while clients keep only the id. So
 * the signature rides inside the id: {@code call_1__ts_<base64url>}.
 */
public final class ToolCallIds {

    private static final String SIGNATURE_MARK = "__ts_";
    private static final int LONGEST_OF_RESPONSES = 64;

    /** OpenAI takes 64 since 2025, Azure does not everywhere, and none of the two makes any that is longer. */
    private static final int LONGEST_OF_CHAT = 40;

    private static final int LONGEST_NAME = 64;
    private static final int LENGTH_OF_HASH = 8;

    private ToolCallIds() {}

    /** A new id, unique. */
    public static String mint() {
        return "call_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The id that a client sees: the call's own, with its Gemini thought signature packed in. */
    public static String forClient(Content.ToolCall call) {
        return forClient(call.id(), call.token());
    }

    /** The id that a client sees for a call whose token, if any, is {@code token}. */
    public static String forClient(String id, @Nullable OpaqueToken token) {
        if (token == null || token.kind() != OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE) {
            return id;
        }
        byte[] utf8 = token.value().getBytes(StandardCharsets.UTF_8);
        return id + SIGNATURE_MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }

    /** True when a client's id carries a signature, so that the request must not be sent on in its old bytes. */
    public static boolean carriesSignature(String clientId) {
        return clientId.contains(SIGNATURE_MARK);
    }

    /** The call's own id, without the signature. */
    public static String fromClient(String clientId) {
        int mark = clientId.indexOf(SIGNATURE_MARK);
        return mark < 0 ? clientId : clientId.substring(0, mark);
    }

    /** The signature inside a client's id, or null. */
    public static @Nullable OpaqueToken signatureOf(String clientId) {
        int mark = clientId.indexOf(SIGNATURE_MARK);
        if (mark < 0) {
            return null;
        }
        try {
            byte[] utf8 = Base64.getUrlDecoder().decode(clientId.substring(mark + SIGNATURE_MARK.length()));
            return new OpaqueToken(
                    OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, new String(utf8, StandardCharsets.UTF_8), null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The id as Anthropic takes it ({@code ^[a-zA-Z0-9_-]+$}); legal ids stay as they are. */
    public static String forAnthropic(String id) {
        return !id.isEmpty() && id.chars().allMatch(ToolCallIds::isPlain) ? id : cleaned(id) + "_" + shortHash(id);
    }

    /** The id as OpenAI and Azure take it in Chat Completions (at most 40 characters); legal ids stay as they are. */
    public static String forOpenAiChat(String id) {
        return shortened(id, LONGEST_OF_CHAT);
    }

    /** The id as OpenAI and Azure take it in Responses (at most 64 characters); legal ids stay as they are. */
    public static String forResponses(String id) {
        return shortened(id, LONGEST_OF_RESPONSES);
    }

    /** A tool's name of at most 64 characters; shorter ones stay as they are. */
    public static String shortenedName(String name) {
        return shortened(name, LONGEST_NAME);
    }

    /** A tool's name as every vendor takes it ({@code ^[a-zA-Z0-9_-]{1,64}$}); legal names stay as they are. */
    public static String legalName(String name) {
        return shortenedName(forAnthropic(name));
    }

    /** Its beginning, and a hash of the whole. */
    private static String shortened(String id, int longest) {
        if (id.length() <= longest) {
            return id;
        }
        int kept = longest - 1 - LENGTH_OF_HASH;
        // A pair of surrogates is not cut in two: half of one cannot be written.
        int end = Character.isHighSurrogate(id.charAt(kept - 1)) ? kept - 1 : kept;
        return id.substring(0, end) + "_" + shortHash(id);
    }

    private static String cleaned(String id) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(id.length(), LONGEST_NAME); i++) {
            clean.append(isPlain(id.charAt(i)) ? id.charAt(i) : '_');
        }
        return clean.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private static String shortHash(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
