package dev.llmgateway.providers.simulated;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeds a text by counting its words: each has a dimension of its own, or nearly. The order of words does not count. */
final class Embeddings {
    private static final int DIMENSIONS = 256;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Embeddings() {}

    /**
     * The answer for one text or several.
     *
     * @throws BadPrompt when there is none
     */
    static Reply.Json reply(ReceivedRequest request) {
        JsonNode body = Prompts.object(request);
        JsonNode input = body.path("input");
        List<String> texts = input.isString() ? List.of(input.asString("")) : Prompts.strings(input);
        if (texts.isEmpty() || texts.contains("")) {
            throw new BadPrompt("'input' must be a text, or several, none of them empty.");
        }
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        int words = 0;
        for (int i = 0; i < texts.size(); i++) {
            List<String> found = words(texts.get(i));
            words += found.size();
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", i);
            embedding.set("embedding", vector(found));
        }
        answer.put("model", body.path("model").asString(""));
        answer.putObject("usage").put("prompt_tokens", words).put("total_tokens", words);
        return Reply.json(200, Json.write(answer));
    }

    private static List<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static ArrayNode vector(List<String> words) {
        int[] counts = new int[DIMENSIONS];
        for (String word : words) {
            counts[Math.floorMod(word.hashCode() * 31, DIMENSIONS)]++;
        }
        ArrayNode vector = Json.array();
        for (int count : counts) {
            vector.add(count);
        }
        return vector;
    }
}
