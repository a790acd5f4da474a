package dev.llmgateway.ir;

import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;

/** Parts of requests that both of OpenAI's formats can express, for laws. */
public final class RequestParts {

    private RequestParts() {}

    /** JSON in which single quotes stand for double ones. */
    public static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    /** One member that only this dialect knows. */
    public static Extras own(Dialect dialect, String name, String value) {
        return Extras.of(dialect, Map.of(name, json(value)));
    }

    /** What a text may carry: mostly nothing, marks for the prompt cache, a member that nobody knows. */
    public static Arbitrary<Extras> partExtras(Dialect dialect) {
        return Arbitraries.of(
                Extras.NONE,
                Extras.NONE,
                Extras.NONE.withCacheMark(new CacheMark(null)),
                own(dialect, "prompt_cache_breakpoint", "{'mode':'explicit','ttl':'30m'}")
                        .withCacheMark(new CacheMark("30m")),
                own(dialect, "new_member", "1"));
    }

    /** A message of instructions. */
    public static Arbitrary<Message> instructions(Dialect dialect) {
        return Combinators.combine(
                        Arbitraries.of(Role.SYSTEM, Role.DEVELOPER),
                        Combinators.combine(Answers.texts(), partExtras(dialect))
                                .as((text, extras) -> (Content) new Content.Text(text, extras))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3))
                .as((role, parts) -> new Message(role, parts));
    }

    /** How tools may be used, among which are {@code look}, {@code plain} and {@code patch}; or no tools at all. */
    public static Stream<ToolUse> uses(List<Tool> tools) {
        return Stream.of(
                ToolUse.NONE,
                new ToolUse(tools, null, null),
                new ToolUse(tools, ToolChoice.AUTO, false),
                new ToolUse(tools, ToolChoice.NONE, null),
                new ToolUse(tools, ToolChoice.REQUIRED, true),
                new ToolUse(tools, ToolChoice.named("look"), null),
                new ToolUse(tools, ToolChoice.named("patch"), null),
                new ToolUse(tools, new ToolChoice(Mode.ALLOWED_AUTO, List.of("look", "patch")), null),
                new ToolUse(tools, new ToolChoice(Mode.ALLOWED_REQUIRED, List.of("plain")), null));
    }

    /** Any effort, or none said. */
    public static Arbitrary<ReasoningOptions> reasonings() {
        return Arbitraries.of(Effort.class)
                .map(ReasoningOptions::effort)
                .injectNull(0.5)
                .map(options -> options == null ? ReasoningOptions.DEFAULTS : options);
    }

    /** Every format of an answer. */
    public static Arbitrary<OutputFormat> formats() {
        return Arbitraries.of(
                OutputFormat.TEXT,
                new OutputFormat.JsonObject(),
                new OutputFormat.JsonSchema("s", "d", json("{'type':'object'}"), true),
                new OutputFormat.JsonSchema("s", null, json("{}"), null));
    }
}
