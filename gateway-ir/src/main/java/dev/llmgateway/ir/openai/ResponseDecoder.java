package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads a provider's complete answer. */
final class ResponseDecoder {

    private static final Function<byte[], ChatResponse> GOOGLES = body -> decode(body, true);
    private static final Function<byte[], ChatResponse> OTHERS = body -> decode(body, false);

    private final boolean google;
    private boolean asReceived = true;

    private ResponseDecoder(boolean google) {
        this.google = google;
    }

    static ChatResponse decode(byte[] body, Target target) {
        return decode(body, target.traits().isGoogleCompatible());
    }

    private static ChatResponse decode(byte[] body, boolean google) {
        return new ResponseDecoder(google).decode(body);
    }

    private ChatResponse decode(byte[] body) {
        JsonNode answer = parse(body);
        JsonNode choices = answer.path("choices");
        if (choices.isEmpty() || !choices.isArray()) {
            throw new MalformedAnswerException("it has no choices");
        }
        List<Choice> decoded = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            ChoiceDecoder choice = new ChoiceDecoder(google);
            Choice read = choice.decode(choices.get(i), i);
            decoded.add(i == 0 ? withBeside(read, answer) : read);
            asReceived = asReceived && choice.isAsReceived();
        }
        return new ChatResponse(
                answer.path("id").stringValue(""),
                answer.path("model").stringValue(""),
                created(answer),
                decoded,
                UsageCodec.read(answer, google),
                null,
                asReceived ? Wire.of(WireForm.body(OPENAI_CHAT, body, google ? GOOGLES : OTHERS), 0) : Wire.NONE);
    }

    private static Choice withBeside(Choice choice, JsonNode answer) {
        Extras extras = BesideChoices.add(choice.extras(), answer).and(UsageCodec.others(answer));
        return new Choice(choice.index(), choice.content(), choice.stopReason(), choice.stopSequence(), extras);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode answer = Json.parse(body);
            JsonNode first = answer.isArray() ? answer.path(0) : answer;
            WireError error = AnswerErrors.in(first);
            if (error != null) {
                throw new ProviderStreamException(error);
            }
            if (!answer.isObject()) {
                throw new MalformedAnswerException("it is not a JSON object");
            }
            return answer;
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
    }

    static long created(JsonNode answer) {
        JsonNode created = answer.get("created");
        return created != null && created.isNumber() && created.canConvertToLong() ? created.asLong(0) : 0;
    }
}
