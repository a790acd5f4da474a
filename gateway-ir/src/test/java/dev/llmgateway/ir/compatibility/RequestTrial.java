package dev.llmgateway.ir.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a request on one way, and looks whether the feature is in what the provider reads. */
final class RequestTrial {

    private RequestTrial() {}

    static Cell cell(RequestFeature feature, Way way) {
        byte[] body = Samples.request(feature, way.client().dialect());
        if (body == null) {
            return Cell.CANNOT_BE_SAID;
        }
        try {
            ChatRequest asked = way.client().decodeRequest(body);
            return sent(feature, way, body, way.provider().encodeRequest(asked, way.target()));
        } catch (InvalidRequestFormatException | UntranslatableException e) {
            assertThat(e.getMessage()).as("%s, %s", feature, way).isNotBlank();
            return Cell.REFUSED;
        }
    }

    private static Cell sent(RequestFeature feature, Way way, byte[] body, EncodedRequest sent) {
        if (!feature.isIn(way.provider().decodeRequest(sent.body()))) {
            return nothingElseIsDropped(way, sent) ? Cell.LOST : Cell.DROPPED;
        }
        if (!way.isSameDialect()) {
            return Cell.TRANSLATED;
        }
        assertThat(withoutModel(sent.body())).as("%s, %s", feature, way).isEqualTo(withoutModel(body));
        return Cell.KEPT;
    }

    /** What the smallest request loses on this way is not the feature. */
    private static boolean nothingElseIsDropped(Way way, EncodedRequest sent) {
        byte[] smallest = Samples.smallestRequest(way.client().dialect());
        EncodedRequest usual = way.provider().encodeRequest(way.client().decodeRequest(smallest), way.target());
        return usual.dropped().containsAll(sent.dropped());
    }

    private static JsonNode withoutModel(byte[] body) {
        return ((ObjectNode) Json.parse(body)).without("model");
    }
}
