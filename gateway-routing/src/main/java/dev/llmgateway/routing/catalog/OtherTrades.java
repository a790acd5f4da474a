package dev.llmgateway.routing.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells by a listed model's name that it does something else than chat. Vendors list all their models alike, and a name is
 * all that most lists say; a model that is wrongly taken for one that does not chat can still be asked for by name.
 */
final class OtherTrades {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Set<String> WORDS = Set.of(
            "audio",
            "babbage",
            "bge",
            "dall",
            "davinci",
            "diffusion",
            "embed",
            "embedding",
            "embeddings",
            "flux",
            "guard",
            "image",
            "imagen",
            "moderation",
            "realtime",
            "rerank",
            "reranker",
            "sdxl",
            "sora",
            "speech",
            "stt",
            "transcribe",
            "tts",
            "veo",
            "video",
            "whisper");

    private OtherTrades() {}

    static boolean ofName(String wireId) {
        return BETWEEN_WORDS.splitAsStream(wireId.toLowerCase(Locale.ROOT)).anyMatch(WORDS::contains);
    }
}
