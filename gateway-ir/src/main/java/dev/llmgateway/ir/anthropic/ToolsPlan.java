package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.CallerTools;
import dev.llmgateway.ir.codec.FreeTextTools;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools a request offers to an Anthropic model, and how they may be used. Anthropic cannot allow some of the tools
 * only, so the others are left out; it has no free-text tools, so they become functions with one text. A model that cannot
 * be forced to call a tool is told to instead, and the choice is named as dropped.
 *
 * <p>An answer that is held to a schema by a tool leaves the caller's own choice its meaning: no tool but that one where
 * none may be called, and not even that one where another must be.
 *
 * @param choice null for the vendor's default
 * @param instruction what is to be said to the model instead of forcing it, or null
 */
record ToolsPlan(
        List<Tool> tools,
        @Nullable ToolChoice choice,
        @Nullable Boolean parallel,
        @Nullable String instruction) {

    /** Whether the model must call a tool. */
    boolean forces() {
        return choice != null && isForcing(choice.mode());
    }

    static ToolsPlan of(ChatRequest request, ModelTraits traits, Losses losses) {
        ToolUse use = request.toolUse();
        List<Tool> tools = tools(request, traits, losses);
        ToolChoice choice = choice(use.choice());
        if (request.outputFormat() instanceof OutputFormat.JsonSchema schema
                && traits.jsonSchema() == ModelTraits.JsonSchemaMode.TOOL
                && (choice == null || !isForcing(choice.mode()))) {
            boolean callable = choice == null || choice.mode() != ToolChoice.Mode.NONE;
            if (!callable) {
                tools.clear();
            }
            choice = tools.isEmpty() ? ToolChoice.named(StructuredAnswer.TOOL_NAME) : ToolChoice.REQUIRED;
            tools.add(new Tool.Function(
                    StructuredAnswer.TOOL_NAME, StructuredAnswer.DESCRIPTION, schema.schema(), null, Extras.NONE));
        }
        if (tools.isEmpty()) {
            return new ToolsPlan(List.of(), null, null, null);
        }
        if (choice != null && isForcing(choice.mode()) && !traits.acceptsForcedTool()) {
            losses.add(Lost.TOOL_CHOICE);
            return new ToolsPlan(tools, ToolChoice.AUTO, use.parallel(), instruction(choice));
        }
        return new ToolsPlan(tools, choice, use.parallel(), null);
    }

    private static String instruction(ToolChoice choice) {
        return choice.mode() == ToolChoice.Mode.NAMED
                ? "You must answer by calling the tool \"" + choice.names().getFirst() + "\"."
                : "You must answer by calling one of your tools.";
    }

    private static boolean isForcing(ToolChoice.Mode mode) {
        return switch (mode) {
            case REQUIRED, NAMED, ALLOWED_REQUIRED -> true;
            case AUTO, NONE, ALLOWED_AUTO -> false;
        };
    }

    private static List<Tool> tools(ChatRequest request, ModelTraits traits, Losses losses) {
        ToolUse use = request.toolUse();
        CallerTools.requireNamesApart(use);
        CallerTools.requireOffered(use, false, losses);
        requireNotForced(use);
        ToolChoice choice = CallerTools.choice(
                use, use.tools().stream().filter(ToolsPlan::isKnown).toList(), use.choice(), losses);
        List<Tool> offered = use.tools().stream()
                .filter(tool -> isKnown(tool) && isAllowed(tool, choice))
                .toList();
        StrictTools strict = StrictTools.of(offered, request.outputFormat(), traits, losses);
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < use.tools().size(); i++) {
            Tool tool = use.tools().get(i);
            String position = CallerTools.position(use.tools(), i);
            if (!isKnown(tool)) {
                losses.add(position);
            } else if (isAllowed(tool, choice)) {
                nameLost(tool, position, losses);
                tools.add(strict.fitted(tool, position));
            }
        }
        return tools;
    }

    /** Before anything is left out: a choice of what is left out could not be told from one of nothing. */
    private static void requireNotForced(ToolUse use) {
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Vendor vendor && !isKnown(vendor)) {
                ResponsesMembers.requireNotForced(vendor, use);
            }
        }
    }

    private static boolean isKnown(Tool tool) {
        return !(tool instanceof Tool.Vendor vendor) || vendor.dialect() == Dialect.ANTHROPIC_MESSAGES;
    }

    private static boolean isAllowed(Tool tool, @Nullable ToolChoice choice) {
        return choice == null
                || switch (choice.mode()) {
                    case ALLOWED_AUTO, ALLOWED_REQUIRED -> choice.names().contains(tool.name());
                    case AUTO, NONE, REQUIRED, NAMED -> true;
                };
    }

    private static void nameLost(Tool tool, String position, Losses losses) {
        switch (tool) {
            case Tool.Function function -> losses.addForeign(position + ".", function.extras());
            case Tool.Custom custom -> {
                losses.addForeign(position + ".", custom.extras());
                FreeTextTools.nameFormat(custom, position, losses);
            }
            case Tool.Vendor ignored -> {}
        }
    }

    private static @Nullable ToolChoice choice(@Nullable ToolChoice choice) {
        if (choice == null) {
            return null;
        }
        return switch (choice.mode()) {
            case ALLOWED_AUTO -> ToolChoice.AUTO;
            case ALLOWED_REQUIRED -> ToolChoice.REQUIRED;
            case AUTO, NONE, REQUIRED, NAMED -> choice;
        };
    }
}
