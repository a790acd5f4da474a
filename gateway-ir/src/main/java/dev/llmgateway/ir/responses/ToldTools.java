package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.CallerTools;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tools that a response object repeats: those that the model had. */
final class ToldTools {

    private final ChatRequest request;
    private final Set<String> lost;

    ToldTools(ChatRequest request, Set<String> lost) {
        this.request = request;
        this.lost = lost;
    }

    /** Writes {@code tools} and {@code tool_choice}. */
    void write(JsonWriter out) {
        ToolUse had = had();
        ChatRequest told = had == request.toolUse()
                ? request
                : request.toBuilder().toolUse(had).build();
        JsonNode own = had.choice() == null ? null : request.extras().member(OPENAI_RESPONSES, ToolsDecoder.CHOICE);
        ToolsWriter tools =
                new ToolsWriter(told, ModelTraits.openAi(), new Losses(request.dialect(), OPENAI_RESPONSES), out);
        ToolsWriter.Written written = tools.members(had.choice(), own);
        if (written == ToolsWriter.Written.NOTHING) {
            out.array("tools").endArray();
        }
        if (written != ToolsWriter.Written.TOOLS_AND_CHOICE) {
            out.text(ToolsDecoder.CHOICE, "auto");
        }
    }

    private ToolUse had() {
        ToolUse use = request.toolUse();
        boolean isAll = lost.stream().noneMatch(it -> it.startsWith("tools[") || it.equals(ToolsDecoder.CHOICE));
        if (isAll) {
            return use;
        }
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < use.tools().size(); i++) {
            String position = CallerTools.position(use.tools(), i);
            if (!lost.contains(position)) {
                tools.add(had(use.tools().get(i), position));
            }
        }
        return new ToolUse(tools, choice(use.choice(), tools), use.parallel());
    }

    private Tool had(Tool tool, String position) {
        return tool instanceof Tool.Function it && lost.contains(position + ".strict")
                ? new Tool.Function(it.name(), it.description(), it.parameters(), false, it.extras())
                : tool;
    }

    private @Nullable ToolChoice choice(@Nullable ToolChoice asked, List<Tool> tools) {
        Set<String> names = tools.stream().map(Tool::name).collect(Collectors.toSet());
        boolean isLost = asked == null || lost.contains(ToolsDecoder.CHOICE) || !names.containsAll(asked.names());
        return isLost ? null : asked;
    }
}
