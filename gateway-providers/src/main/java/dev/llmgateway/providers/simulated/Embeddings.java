package dev.llmgateway.providers.simulated;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Embeds a text by counting its words, or its tokens where their ids are given: each has a dimension of its own, or nearly. The
 * order of words does not count.
 */
final class Embeddings {
    private static final int DIMENSIONS = 256;
    private static final int MOST_DIMENSIONS = 4096;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Embeddings() {}

    /**
     * The answer for one text or several.
     *
     * @throws BadPrompt when there is none, or it is wanted in a way that there is not
     */
    static Reply.Json reply(ReceivedRequest request, Meter meter) {
        JsonNode body = Prompts.object(request);
        List<List<String>> inputs = inputs(body.path("input"));
        int dimensions = body.path("dimensions").asInt(DIMENSIONS);
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new BadPrompt("'dimensions' must be from 1 to " + MOST_DIMENSIONS + ".");
        }
        boolean base64 = body.path("encoding_format").asString("float").equals("base64");
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        int words = 0;
        for (int i = 0; i < inputs.size(); i++) {
            words += inputs.get(i).size();
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", i);
            float[] vector = vector(inputs.get(i), dimensions);
            embedding.set("embedding", base64 ? StringNode.valueOf(base64(vector)) : numbers(vector));
        }
        answer.put("model", body.path("model").asString(""));
        meter.promise(body.path("model").asString(""), words);
        answer.putObject("usage").put("prompt_tokens", words).put("total_tokens", words);
        return Reply.json(200, Json.write(answer));
    }

    /** The words of each input. */
    private static List<List<String>> inputs(JsonNode input) {
        boolean isOne = input.isString() || input.path(0).isNumber();
        List<List<String>> inputs = isOne
                ? List.of(words(input))
                : input.valueStream().map(Embeddings::words).toList();
        if (inputs.isEmpty() || inputs.contains(List.of())) {
            throw new BadPrompt("'input' must be a text, or several, none of them empty.");
        }
        return inputs;
    }

    private static List<String> words(JsonNode input) {
        if (input.isArray()) {
            return input.valueStream().map(JsonNode::asString).toList();
        }
        return NO_WORD.splitAsStream(input.asString("").toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static float[] vector(List<String> words, int dimensions) {
        float[] counts = new float[dimensions];
        for (String word : words) {
            counts[Math.floorMod(word.hashCode() * 31, dimensions)]++;
        }
        return counts;
    }

    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = Json.array();
        for (float number : vector) {
            numbers.add((int) number);
        }
        return numbers;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
