package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes the chunks of one stream. */
final class ChunkWriter {

    private final String id;
    private final long created;
    private final String model;
    private final boolean legacy;

    /**
     * Writes chunks that all carry these.
     *
     * @param legacy whether the client reads {@code function_call} in place of tool calls
     */
    ChunkWriter(String id, long created, String model, boolean legacy) {
        this.id = AnswerIds.orNew(id, "chatcmpl-");
        this.created = created;
        this.model = model;
        this.legacy = legacy;
    }

    byte[] role(int choice) {
        return end(delta(choice).text("role", "assistant").text("content", ""));
    }

    byte[] text(int choice, String member, String text) {
        return end(delta(choice).text(member, text));
    }

    byte[] detail(ChatEvent.TokenAttached attached, String thought, int index) {
        JsonWriter out = delta(attached.choice()).array(ReasoningDetails.NAME);
        ReasoningDetails.detail(index, thought, attached.token(), out);
        return end(out.endArray());
    }

    byte[] annotations(int choice, List<JsonNode> citations) {
        JsonWriter out = delta(choice).array(UrlCitation.ANNOTATIONS);
        citations.forEach(out::node);
        return end(out.endArray());
    }

    byte[] callStarted(int choice, ShownCalls.Call call, Content.ToolCall initial) {
        if (legacy) {
            JsonWriter out = delta(choice).object("function_call").text("name", initial.name());
            return end(out.text("arguments", "").endObject());
        }
        String type = call.isCustom() ? "custom" : "function";
        JsonWriter out = delta(choice).array("tool_calls").object();
        out.number("index", call.index()).text("id", initial.id()).text("type", type);
        out.object(type)
                .text("name", initial.name())
                .text(argumentsName(call), "")
                .endObject();
        return end(out.endObject().endArray());
    }

    byte[] arguments(int choice, ShownCalls.Call call, String text) {
        if (legacy) {
            return end(delta(choice)
                    .object("function_call")
                    .text("arguments", text)
                    .endObject());
        }
        JsonWriter out = delta(choice).array("tool_calls").object().number("index", call.index());
        out.object(call.isCustom() ? "custom" : "function").text(argumentsName(call), text);
        return end(out.endObject().endObject().endArray());
    }

    private static String argumentsName(ShownCalls.Call call) {
        return call.isCustom() ? "input" : "arguments";
    }

    byte[] finished(ChatEvent.Finished finish, boolean refused) {
        JsonWriter out = delta(finish.choice());
        NestedMembers.write(finish.extras(), ResponseEncoder.MESSAGE, out);
        out.endObject();
        if (finish.extras().member(OPENAI_CHAT, FinishReasons.NAME) == null) {
            out.text(FinishReasons.NAME, FinishReasons.word(finish.reason(), refused, legacy));
        }
        BesideChoices.writeOthers(finish.extras(), out);
        BesideChoices.write(finish.extras(), out.endObject().endArray());
        return out.endObject().toBytes();
    }

    byte[] usage(Usage usage, Extras extras) {
        JsonWriter out = start().endArray();
        UsageCodec.write(usage, extras, out);
        return out.endObject().toBytes();
    }

    private JsonWriter start() {
        return new JsonWriter(256)
                .object()
                .text("id", id)
                .text("object", "chat.completion.chunk")
                .number("created", created)
                .text("model", model)
                .array("choices");
    }

    private JsonWriter delta(int choice) {
        return start().object().number("index", choice).object("delta");
    }

    private static byte[] end(JsonWriter out) {
        return out.endObject()
                .nothing(FinishReasons.NAME)
                .endObject()
                .endArray()
                .endObject()
                .toBytes();
    }
}
