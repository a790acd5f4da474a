package dev.llmgateway.ir.compatibility;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.UrlCitation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Something that an answer can say. {@code compatibility/answers.json} has an answer that says it in each dialect that can; the
 * condition here tells whether the client finds it.
 */
enum AnswerFeature {
    TEXT("text", a -> a.text().equals("hello")),
    TOOL_CALL("tool call", a -> calls(a, "c1", "Paris") && stopped(a, StopReason.TOOL_USE)),
    PARALLEL_CALLS(
            "text and parallel calls",
            a -> a.text().equals("Looking.") && calls(a, "c1", "Paris") && calls(a, "c2", "Rome")),
    REASONING("reasoning that can be read", a -> reasonings(a).anyMatch(it -> "hm".equals(it.text()))),
    /** Clients only carry it back; where it stands is nobody's business. */
    OPAQUE_TOKEN("opaque token of reasoning", a -> true, "c2ln"),
    REFUSAL_IN_WORDS(
            "refusal in words",
            a -> a.first().content().stream()
                            .anyMatch(p ->
                                    p instanceof Content.Refusal it && it.text().equals("I will not."))
                    || a.text().equals("I will not.") && stopped(a, StopReason.REFUSAL)),
    STOPPED_BY_A_FILTER("stopped by a filter", a -> stopped(a, StopReason.REFUSAL)),
    STOPPED_BY_THE_LIMIT("stopped by the output limit", a -> stopped(a, StopReason.MAX_TOKENS)),
    STOP_SEQUENCE("which stop sequence was hit", a -> "END".equals(a.first().stopSequence())),
    USAGE("usage", a -> usage(a).totalInput() == 20 && usage(a).output() == 7),
    CACHED_TOKENS("tokens read from the cache", a -> usage(a).cacheRead() == 5 && usage(a).input() == 15),
    TOKENS_WRITTEN_TO_THE_CACHE(
            "tokens written to the cache", a -> usage(a).cacheWrite5m() == 5 && usage(a).input() == 15),
    REASONING_TOKENS("reasoning tokens", a -> usage(a).reasoning() == 3 && usage(a).output() == 7),
    WEB_CITATION("page of the web that is cited", a -> cited(a).equals(List.of("https://a.example/b"))),
    CITED_WORDS("words of a page that are cited", a -> true, "the cited words"),
    DOCUMENT_CITATION("document that is cited", a -> true, "the-source"),
    LOG_PROBABILITIES("log probabilities", a -> true, "-0.471108159"),
    SERVICE_TIER("service tier of the answer", a -> true, "priority"),
    SEARCHES_COUNTED("searches and fetches that the usage counts", a -> true, "471108159"),
    NEW_REASON_TO_STOP("reason for stopping that nobody knows yet", a -> true, "bored"),
    VENDORS_OWN_PARTS("tools that the vendor has run", a -> true, "the-search"),
    NEW_MEMBERS("members of an answer that nobody knows yet", a -> true, "a_novelty");

    private final String title;
    private final Predicate<ChatResponse> found;
    private final String text;

    AnswerFeature(String title, Predicate<ChatResponse> found) {
        this(title, found, "");
    }

    AnswerFeature(String title, Predicate<ChatResponse> found, String text) {
        this.title = title;
        this.found = found;
        this.text = text;
    }

    String title() {
        return title;
    }

    /**
     * Whether the client finds it.
     *
     * @param answer what it reads
     * @param bytes what it was sent
     */
    boolean isIn(ChatResponse answer, byte[] bytes) {
        return found.test(answer) && new String(bytes, StandardCharsets.UTF_8).contains(text);
    }

    private static List<String> cited(ChatResponse answer) {
        return answer.first().content().stream()
                .flatMap(part -> Stream.of(Dialect.values()).flatMap(it -> UrlCitation.in(part.extras(), it).stream()))
                .map(UrlCitation::url)
                .toList();
    }

    private static boolean calls(ChatResponse answer, String id, String argument) {
        return answer.toolCalls().stream()
                .anyMatch(call -> call.id().equals(id) && call.arguments().contains(argument));
    }

    private static Stream<Content.Reasoning> reasonings(ChatResponse answer) {
        return answer.first().content().stream()
                .filter(Content.Reasoning.class::isInstance)
                .map(Content.Reasoning.class::cast);
    }

    private static boolean stopped(ChatResponse answer, StopReason reason) {
        return answer.first().stopReason() == reason;
    }

    private static Usage usage(ChatResponse answer) {
        return answer.usage() == null ? Usage.ZERO : answer.usage();
    }
}
