package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.json;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Writes requests of other dialects for Anthropic. */
final class Writing {

    static final Tool LOOK =
            new Tool.Function("look", "Looks.", json("{'type':'object','properties':{'q':{'type':'string'}}}"));
    static final Content.Text ANSWER = new Content.Text("ok");

    private Writing() {}

    static ChatRequest.Builder ask() {
        return ChatRequest.builder("m").user("hi").decodedFrom(Dialect.OPENAI_CHAT, null);
    }

    static ChatRequest.Builder conversation(Message... messages) {
        return ChatRequest.builder("m").messages(List.of(messages)).decodedFrom(Dialect.OPENAI_CHAT, null);
    }

    static EncodedRequest write(ChatRequest.Builder request) {
        return CODEC.encodeRequest(request.build(), TestData.TARGET);
    }

    static EncodedRequest write(ChatRequest.Builder request, UnaryOperator<ModelTraits.Builder> traits) {
        ModelTraits changed = traits.apply(ModelTraits.anthropic().toBuilder()).build();
        return CODEC.encodeRequest(request.build(), new Target("anthropic", "claude-test", changed));
    }

    static JsonNode written(ChatRequest.Builder request) {
        return json(write(request).body());
    }

    static JsonNode messages(Message... messages) {
        return written(conversation(messages)).get("messages");
    }

    static Message calls(Content... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }
}
