package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.Untold;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The member in which Google tells what OpenAI's format has no place for: of a message, of a delta or of a tool call. */
final class ExtraContent {

    /** The member's name. */
    static final String NAME = "extra_content";

    private static final String GOOGLE = "google";
    private static final Set<String> KNOWN = Set.of("thought", "thought_signature");

    private ExtraContent() {}

    /** Names what it has beside thoughts and their signatures. */
    static void name(JsonNode message, Untold untold) {
        nameIn(message.path(NAME), untold);
    }

    /** Names what this one has beside thoughts and their signatures. */
    static void nameIn(JsonNode extraContent, Untold untold) {
        extraContent.forEachEntry((name, value) -> {
            if (!name.equals(GOOGLE)) {
                untold.add(NAME + "." + name, value);
            }
        });
        extraContent.path(GOOGLE).forEachEntry((name, value) -> {
            if (!KNOWN.contains(name)) {
                untold.add(NAME + "." + GOOGLE + "." + name, value);
            }
        });
    }
}
