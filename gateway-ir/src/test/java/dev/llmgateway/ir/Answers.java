package dev.llmgateway.ir;

import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Answers of every shape, for laws. */
public final class Answers {

    private Answers() {}

    /** Texts with everything that JSON and UTF-8 have trouble with; never empty, always well-formed. */
    public static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("Hello", "{\"a\":1}", "你好 😀", "line\nline", " \"quoted\" \\ \u2028\u0000"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(JsonText::wellFormed));
    }

    /** Any well-formed answer: several choices, every kind of part that can stream. */
    public static Arbitrary<ChatResponse> any() {
        Arbitrary<List<Choice>> choices =
                choice().list().ofMinSize(1).ofMaxSize(3).map(Answers::numbered);
        return Combinators.combine(texts(), Arbitraries.longs().between(0, 1L << 40), choices, usages())
                .as((id, created, all, usage) -> new ChatResponse(id, "model", created, all, usage, null, Wire.NONE));
    }

    /** Usage with every counter, or none. */
    public static Arbitrary<Usage> usages() {
        // So few that a whole prompt of them is believed, too.
        Arbitrary<Long> tokens = Arbitraries.longs().between(0, ReportedTokens.MOST / 4);
        return Combinators.combine(tokens.map(count -> count + 1), tokens, tokens, tokens, tokens, tokens)
                .as(Usage::new)
                .injectNull(0.2);
    }

    private static Arbitrary<Choice> choice() {
        return Combinators.combine(
                        part().list().ofMaxSize(5), Arbitraries.of(StopReason.class), texts().injectNull(0.8), extras())
                .as((parts, reason, stop, extras) -> new Choice(0, parts, reason, stop, extras));
    }

    private static List<Choice> numbered(List<Choice> choices) {
        List<Choice> numbered = new ArrayList<>();
        for (Choice c : choices) {
            numbered.add(new Choice(numbered.size(), c.content(), c.stopReason(), c.stopSequence(), c.extras()));
        }
        return numbered;
    }

    private static Arbitrary<Extras> extras() {
        return Arbitraries.of(
                Extras.NONE, Extras.of(Dialect.OPENAI_CHAT, Map.of("logprobs", Json.parse("{\"content\":[]}"))));
    }

    private static Arbitrary<Content> part() {
        Arbitrary<OpaqueToken> tokens = Arbitraries.of(OpaqueToken.Kind.class)
                .map(kind -> new OpaqueToken(kind, "c2ln", null))
                .injectNull(0.5);
        return Arbitraries.oneOf(
                Combinators.combine(textsOrNone(), extras()).as(Content.Text::new),
                Combinators.combine(textsOrNone(), extras()).as(Content.Refusal::new),
                Combinators.combine(textsOrNone(), tokens, extras()).as(Content.Reasoning::new),
                Combinators.combine(texts(), texts(), textsOrNone(), tokens, extras())
                        .as(Content.ToolCall::new),
                Arbitraries.of(
                        new Content.Image(new MediaSource.Url("https://example.com/a.png")),
                        new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, Json.parse("{\"type\":\"server_tool_use\"}"))));
    }

    private static Arbitrary<String> textsOrNone() {
        return Arbitraries.oneOf(texts(), Arbitraries.just(""));
    }
}
