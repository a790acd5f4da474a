package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.json.JsonText;
import java.util.regex.Pattern;

/** Takes what is not a client's to see out of a provider's words: keys (even masked ones), URLs, ids of accounts. */
public final class Scrubber {

    private static final int LONGEST = 2_000;

    private static final Pattern KEY = Pattern.compile(
            "(?i)\\b(?:sk|pk|rk|gsk|xai|nvapi)[-_][\\w*.-]{6,}|\\bAIza[\\w*-]{6,}|\\bBearer\\s+[\\w*.~+/=-]{6,}");
    private static final Pattern LABELLED_KEY =
            Pattern.compile("(?i)(api[ _-]?key(?: provided)?\\s*[:=]\\s*)[\"']?[^\\s\"',;]*[^\\s\"',;.]");
    private static final Pattern URL = Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>)]+");

    /** OpenAI has ids in letters, Google numbers its projects. */
    private static final Pattern ORGANISATION =
            Pattern.compile("\\b(?:org|proj)[-_][A-Za-z0-9]{6,}|\\bproject(?:s/|\\s|_number:)\\d{6,}");

    private Scrubber() {}

    /** A message without it; a long one is cut. */
    public static String clean(String message) {
        return scrub(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...");
    }

    /** The whole text without it; the same when there is none of it. */
    static String scrub(String text) {
        String clean = LABELLED_KEY.matcher(text).replaceAll("$1[key]");
        clean = KEY.matcher(clean).replaceAll("[key]");
        clean = URL.matcher(clean).replaceAll("[url]");
        clean = ORGANISATION.matcher(clean).replaceAll("[organisation]");
        return JsonText.wellFormed(clean);
    }
}
