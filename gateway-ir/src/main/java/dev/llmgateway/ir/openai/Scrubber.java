package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.json.JsonText;
import java.util.regex.Pattern;

/** Takes what is not a client's to see out of a provider's message: keys (even masked ones), URLs, organisation ids. */
final class Scrubber {

    private static final int LONGEST = 2_000;

    private static final Pattern KEY = Pattern.compile(
            "(?i)\\b(?:sk|pk|rk|gsk|xai|nvapi)[-_][\\w*.-]{6,}|\\bAIza[\\w*-]{6,}|\\bBearer\\s+[\\w*.~+/=-]{6,}");
    private static final Pattern LABELLED_KEY =
            Pattern.compile("(?i)(api[ _-]?key(?: provided)?\\s*[:=]\\s*)[\"']?[^\\s\"',;]*[^\\s\"',;.]");
    private static final Pattern URL = Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>)]+");
    private static final Pattern ORGANISATION = Pattern.compile("\\b(?:org|proj)[-_][A-Za-z0-9]{6,}");

    private Scrubber() {}

    static String clean(String message) {
        String cut = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
        String clean = LABELLED_KEY.matcher(cut).replaceAll("$1[key]");
        clean = KEY.matcher(clean).replaceAll("[key]");
        clean = URL.matcher(clean).replaceAll("[url]");
        clean = ORGANISATION.matcher(clean).replaceAll("[organisation]");
        return JsonText.wellFormed(clean);
    }
}
