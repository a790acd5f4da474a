package dev.llmgateway.ir.compatibility;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice.Mode;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Something that a request can ask for. {@code compatibility/requests.json} has a request that asks for it in each dialect
 * that can; the condition here tells whether whoever reads what was sent to the provider finds it.
 */
enum RequestFeature {
    INSTRUCTIONS("instructions", r -> says(r, Role.SYSTEM, "be terse") || says(r, Role.DEVELOPER, "be terse")),
    INSTRUCTIONS_IN_BETWEEN("instructions between turns", r -> anyText(r, "now in French")),
    IMAGE_BY_URL("image by URL", r -> parts(r).anyMatch(p -> p instanceof Content.Image i && isUrl(i.source()))),
    IMAGE_INLINE("image inline", r -> parts(r).anyMatch(p -> p instanceof Content.Image i && isInline(i.source()))),
    DOCUMENT_INLINE("document inline", r -> documents(r).anyMatch(d -> isInline(d.source()))),
    DOCUMENT_BY_URL("document by URL", r -> documents(r).anyMatch(d -> isUrl(d.source()))),
    AUDIO("sound", r -> parts(r).anyMatch(Content.Audio.class::isInstance)),
    UPLOADED_FILE(
            "file uploaded to the vendor", r -> documents(r).anyMatch(d -> d.source() instanceof MediaSource.FileId)),
    FUNCTION_TOOLS(
            "function tools",
            r -> functions(r)
                    .anyMatch(f -> f.name().equals("weather")
                            && "tells".equals(f.description())
                            && f.parameters() != null
                            && f.parameters().path("properties").has("city"))),
    TOOL_CALL_AND_RESULT("tool call and its result", r -> called(r, "c1", "Paris") && answered(r, "c1", "sunny")),
    PARALLEL_CALLS_AND_RESULTS(
            "parallel calls and their results",
            r -> called(r, "c1", "Paris")
                    && called(r, "c2", "Rome")
                    && answered(r, "c1", "sunny")
                    && answered(r, "c2", "rainy")),
    IMAGE_IN_A_RESULT(
            "image in a tool's result",
            r -> parts(r).flatMap(RequestFeature::withInner).anyMatch(Content.Image.class::isInstance)),
    FAILED_RESULT(
            "a tool's failure",
            r -> results(r)
                    .anyMatch(it -> it.isError()
                            || it.content().stream()
                                    .anyMatch(p -> p instanceof Content.Text t
                                            && t.text().length() > "no such city".length()
                                            && t.text().contains("no such city")))),
    FREE_TEXT_TOOLS(
            "free-text tools",
            r -> r.toolUse().tools().stream().anyMatch(t -> t.name().equals("apply_patch"))
                    && called(r, "c1", "*** Begin")
                    && answered(r, "c1", "done")),
    NAMESPACES_OF_TOOLS(
            "namespaces of tools", r -> functions(r).anyMatch(f -> f.name().endsWith("close"))),
    TOOLS_RUN_BY_THE_VENDOR(
            "tools run by the vendor",
            r -> r.toolUse().tools().stream().anyMatch(Tool.Vendor.class::isInstance)
                    || r.extras().member(Dialect.OPENAI_CHAT, "web_search_options") != null),
    FORCED_TOOL("a certain tool forced", r -> mode(r) == Mode.NAMED),
    SOME_TOOL_REQUIRED("some tool required", r -> mode(r) == Mode.REQUIRED),
    ONE_CALL_AT_A_TIME(
            "one call at a time", r -> Boolean.FALSE.equals(r.toolUse().parallel())),
    STRUCTURED_OUTPUT(
            "structured output",
            r -> r.outputFormat() instanceof OutputFormat.JsonSchema s
                    && s.schema().path("properties").has("x")),
    /** Anthropic has no such mode: the model is told in words. */
    JSON_MODE(
            "JSON of any form",
            r -> r.outputFormat() instanceof OutputFormat.JsonObject || says(r, Role.SYSTEM, "JSON object")),
    REASONING_EFFORT("reasoning effort", r -> r.reasoning().effort() == Effort.HIGH),
    REASONING_BUDGET(
            "reasoning budget",
            r -> r.reasoning().budgetTokens() != null || r.reasoning().effort() != null),
    REASONING_SENT_BACK(
            "reasoning sent back with its opaque token",
            r -> parts(r).anyMatch(p -> p instanceof Content.Reasoning it
                    && it.token() != null
                    && it.token().value().equals("c2ln"))),
    CACHE_MARKS("prompt cache marks", r -> parts(r).anyMatch(p -> p.extras().cacheMark() != null)),
    CACHE_KEY("prompt cache key", r -> extra(r, "prompt_cache_key")),
    OUTPUT_LIMIT("output limit", r -> Objects.equals(r.maxOutputTokens(), 3000)),
    TEMPERATURE("temperature", r -> Objects.equals(r.sampling().temperature(), 0.5)),
    TOP_K("top_k", r -> r.sampling().topK() != null),
    STOP_SEQUENCES("stop sequences", r -> r.sampling().stop().equals(List.of("END"))),
    SEED("seed", r -> r.sampling().seed() != null),
    PENALTIES("frequency and presence penalties", r -> r.sampling().frequencyPenalty() != null),
    LOG_PROBABILITIES("log probabilities", r -> extra(r, "top_logprobs")),
    SEVERAL_CHOICES("several choices", r -> r.choiceCount() == 2),
    END_USER("id of the end user", r -> "u1".equals(r.endUser()) || extra(r, "safety_identifier")),
    METADATA_STORED("metadata of an answer that is stored", r -> extra(r, "metadata")),
    METADATA("metadata of any other", r -> extra(r, "metadata")),
    VERBOSITY("verbosity", r -> extra(r, "verbosity") || member(r, OPENAI_RESPONSES, "text.verbosity")),
    SERVICE_TIER("service tier", r -> extra(r, "service_tier")),
    STATE_KEPT_BY_THE_VENDOR("state kept by the vendor", r -> extra(r, "previous_response_id") || extra(r, "thread")),
    PARTS_NOBODY_KNOWS(
            "parts of a message that nobody knows yet", r -> parts(r).anyMatch(Content.Vendor.class::isInstance)),
    PARTS_OF_A_RESULT_NOBODY_KNOWS(
            "parts of a tool's result that nobody knows yet",
            r -> results(r)
                    .flatMap(it -> it.content().stream())
                    .anyMatch(p -> p instanceof Content.Vendor || isText(p, "novel_part"))),
    MEMBERS_NOBODY_KNOWS("members that nobody knows yet", r -> extra(r, "novel_member"));

    private final String title;
    private final Predicate<ChatRequest> found;

    RequestFeature(String title, Predicate<ChatRequest> found) {
        this.title = title;
        this.found = found;
    }

    String title() {
        return title;
    }

    boolean isIn(ChatRequest request) {
        return found.test(request);
    }

    private static Stream<Content> parts(ChatRequest request) {
        return request.messages().stream().flatMap(message -> message.content().stream());
    }

    private static Stream<Content> withInner(Content part) {
        return part instanceof Content.ToolResult result
                ? Stream.concat(Stream.of(part), result.content().stream())
                : Stream.of(part);
    }

    private static Stream<Content.Document> documents(ChatRequest request) {
        return parts(request).filter(Content.Document.class::isInstance).map(Content.Document.class::cast);
    }

    private static Stream<Content.ToolResult> results(ChatRequest request) {
        return parts(request).filter(Content.ToolResult.class::isInstance).map(Content.ToolResult.class::cast);
    }

    private static Stream<Tool.Function> functions(ChatRequest request) {
        return request.toolUse().tools().stream()
                .filter(Tool.Function.class::isInstance)
                .map(Tool.Function.class::cast);
    }

    private static boolean isUrl(MediaSource source) {
        return source instanceof MediaSource.Url;
    }

    private static boolean isInline(MediaSource source) {
        return source instanceof MediaSource.Base64;
    }

    private static boolean says(ChatRequest request, Role role, String text) {
        return request.messages().stream()
                .filter(message -> message.role() == role)
                .flatMap(message -> message.content().stream())
                .anyMatch(part -> isText(part, text));
    }

    private static boolean anyText(ChatRequest request, String text) {
        return parts(request).anyMatch(part -> isText(part, text));
    }

    private static boolean isText(Content part, String text) {
        return part instanceof Content.Text it && it.text().contains(text);
    }

    private static boolean called(ChatRequest request, String id, String argument) {
        return request.messages().stream()
                .filter((Message message) -> message.role() == Role.ASSISTANT)
                .flatMap(message -> message.content().stream())
                .anyMatch(part -> part instanceof Content.ToolCall call
                        && call.id().equals(id)
                        && call.arguments().contains(argument));
    }

    private static boolean answered(ChatRequest request, String id, String text) {
        return results(request)
                .anyMatch(result ->
                        result.callId().equals(id) && result.content().stream().anyMatch(part -> isText(part, text)));
    }

    private static Mode mode(ChatRequest request) {
        return request.toolUse().choice() == null
                ? Mode.AUTO
                : request.toolUse().choice().mode();
    }

    private static boolean extra(ChatRequest request, String name) {
        return Stream.of(Dialect.values()).anyMatch(dialect -> member(request, dialect, name));
    }

    private static boolean member(ChatRequest request, Dialect dialect, String name) {
        return request.extras().member(dialect, name) != null;
    }
}
