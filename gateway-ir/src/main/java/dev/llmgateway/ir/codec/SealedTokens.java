package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OpaqueToken.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Sealed reasoning as a client of another dialect keeps it: in that dialect's own field, with a label in front that says whose
 * it is. So it comes back through clients that know nothing of it, and only its maker gets it again: {@code
 * gw1.<kind>.<provider>.<token>}. The label is no protection: what is behind it was sealed by the vendor.
 */
public final class SealedTokens {

    private static final String VERSION = "gw1.";

    private SealedTokens() {}

    /** The token with its label. */
    public static String seal(OpaqueToken token) {
        String provider = token.provider() == null ? "" : token.provider();
        return VERSION + letter(token.kind()) + "." + escape(provider) + "." + token.value();
    }

    /** Whether a text has a label in front. */
    public static boolean isSealed(String text) {
        return unseal(text) != null;
    }

    /** The token behind a label; null when there is no label. */
    public static @Nullable OpaqueToken unseal(String text) {
        int kindEnd = VERSION.length() + 1;
        if (!text.startsWith(VERSION) || text.length() <= kindEnd || text.charAt(kindEnd) != '.') {
            return null;
        }
        Kind kind = kind(text.charAt(VERSION.length()));
        int providerEnd = text.indexOf('.', kindEnd + 1);
        if (kind == null || providerEnd < 0 || providerEnd == text.length() - 1) {
            return null;
        }
        String provider = unescape(text.substring(kindEnd + 1, providerEnd));
        return new OpaqueToken(kind, text.substring(providerEnd + 1), provider.isEmpty() ? null : provider);
    }

    /**
     * The token that a client sent.
     *
     * @param field what it is when it has no label
     */
    public static OpaqueToken read(Kind field, String text) {
        OpaqueToken labelled = unseal(text);
        return labelled == null ? new OpaqueToken(field, text, null) : labelled;
    }

    /**
     * Whether a token may go to a provider, as far as it is known who made it. Whether the provider speaks the token's dialect is
     * for the codec to know.
     */
    public static boolean mayGoTo(OpaqueToken token, String provider) {
        return token.provider() == null || token.provider().equals(provider);
    }

    private static char letter(Kind kind) {
        return switch (kind) {
            case ANTHROPIC_SIGNATURE -> 'a';
            case ANTHROPIC_REDACTED -> 'r';
            case GEMINI_THOUGHT_SIGNATURE -> 'g';
            case OPENAI_ENCRYPTED -> 'o';
        };
    }

    private static @Nullable Kind kind(char letter) {
        for (Kind kind : Kind.values()) {
            if (letter(kind) == letter) {
                return kind;
            }
        }
        return null;
    }

    private static String escape(String provider) {
        return provider.replace("%", "%25").replace(".", "%2E");
    }

    private static String unescape(String escaped) {
        return escaped.replace("%2E", ".").replace("%25", "%");
    }
}
