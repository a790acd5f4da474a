package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tools of a request as its caller listed them, for providers that cannot have all of them. */
public final class CallerTools {

    private static final String NAMESPACE = "namespace";

    private CallerTools() {}

    /**
     * The choice among the tools that are kept. Names that no tool has stay in the caller's own format, where to refuse them is for
     * the provider.
     *
     * @param kept those of the request's tools that the provider gets
     * @param choice as the target takes it; null for the vendor's default
     * @throws UntranslatableException when only tools may or must be called that the provider does not get
     */
    public static @Nullable ToolChoice choice(
            ToolUse use, List<Tool> kept, @Nullable ToolChoice choice, Losses losses) {
        ToolChoice asked = use.choice();
        boolean isAsCalled = losses.isOwnCaller() || asked == null || !asked.isSubset();
        if (asked == null || isAsCalled && kept.size() == use.tools().size()) {
            return choice;
        }
        boolean unmet = switch (asked.mode()) {
            case REQUIRED -> kept.isEmpty();
            case ALLOWED_AUTO, ALLOWED_REQUIRED ->
                left(asked, use, kept, losses).isEmpty();
            case AUTO, NONE, NAMED -> false;
        };
        if (unmet) {
            throw new UntranslatableException(
                    "tool_choice",
                    "none of the tools that may be called can be run by this model's provider: offer a function among them");
        }
        return choice == null || choice.names().isEmpty()
                ? choice
                : new ToolChoice(choice.mode(), left(choice, use, kept, losses));
    }

    private static List<String> left(ToolChoice choice, ToolUse use, List<Tool> kept, Losses losses) {
        Set<String> known = names(use.tools());
        Set<String> offered = names(kept);
        return choice.names().stream()
                .filter(name -> offered.contains(name) || losses.isOwnCaller() && !known.contains(name))
                .toList();
    }

    /**
     * Refuses to force what the request offers no tool of, or to allow nothing else: a kind of tool that only the caller's own format
     * may know would become a function of that name, and a request that allows nothing would lose all of its tools. Of several names
     * those that no tool has are noted.
     *
     * @param takesSubsets whether the target itself can be told which tools may be called
     * @throws UntranslatableException when the choice names none of the request's tools, and the provider could not refuse it
     */
    public static void requireOffered(ToolUse use, boolean takesSubsets, Losses losses) {
        ToolChoice asked = use.choice();
        if (asked == null || losses.isOwnCaller() && !(asked.isSubset() && !takesSubsets)) {
            return;
        }
        Set<String> known = names(use.tools());
        List<String> unknown =
                asked.names().stream().filter(name -> !known.contains(name)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        if (unknown.size() == asked.names().size()) {
            throw new UntranslatableException(
                    "tool_choice",
                    "there is no \"" + unknown.getFirst() + "\" among the tools: choose one that \"tools\" offers");
        }
        losses.add(Lost.TOOL_CHOICE);
    }

    private static Set<String> names(List<Tool> tools) {
        return tools.stream().map(Tool::name).collect(Collectors.toSet());
    }

    /**
     * Refuses tools that can only be told apart by their namespaces, which no other dialect has.
     *
     * @throws UntranslatableException when two tools have the same name outside of their namespaces
     */
    public static void requireNamesApart(ToolUse use) {
        Map<String, Tool> seen = new HashMap<>();
        for (Tool tool : use.tools()) {
            Tool other = seen.putIfAbsent(tool.name(), tool);
            if (other != null && (namespace(tool) != null || namespace(other) != null)) {
                throw new UntranslatableException(
                        "tools",
                        shown(other) + " and " + shown(tool) + " both have the name \"" + tool.name()
                                + "\" at this model's provider, which knows no namespaces: rename one of them");
            }
        }
    }

    private static String shown(Tool tool) {
        JsonNode place = namespace(tool);
        return place == null
                ? "the tool \"" + tool.name() + "\""
                : "the tool \"" + place.path("tool").asString("") + "\" of the namespace \"" + nameOf(place) + "\"";
    }

    /** Where a tool stands in the caller's own list, for example {@code tools[2]}: a namespace is one element of it. */
    public static String position(List<Tool> tools, int index) {
        int position = 0;
        for (int i = 1; i <= index; i++) {
            JsonNode place = namespace(tools.get(i));
            JsonNode before = namespace(tools.get(i - 1));
            if (place == null || before == null || !nameOf(place).equals(nameOf(before))) {
                position++;
            }
        }
        return "tools[" + position + "]";
    }

    private static String nameOf(JsonNode place) {
        return place.path("name").asString("");
    }

    private static @Nullable JsonNode namespace(Tool tool) {
        Extras extras = switch (tool) {
            case Tool.Function function -> function.extras();
            case Tool.Custom custom -> custom.extras();
            case Tool.Vendor ignored -> Extras.NONE;
        };
        return extras.member(Dialect.OPENAI_RESPONSES, NAMESPACE);
    }
}
