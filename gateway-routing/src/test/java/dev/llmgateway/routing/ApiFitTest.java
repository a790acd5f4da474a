package dev.llmgateway.routing;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static dev.llmgateway.routing.Given.candidate;
import static dev.llmgateway.routing.Given.chain;
import static dev.llmgateway.routing.Given.quality;
import static dev.llmgateway.routing.Given.ranking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiFitTest {

    private static final ChatRequest SEARCH = asking(vendorTool(OPENAI_RESPONSES, "web_search"));

    /** Best first: a chat, Claude twice, and an OpenAI model that ranks last. */
    private final Given given = speaking(OPENAI_CHAT, "groq")
            .provider(provider("claude", ANTHROPIC_MESSAGES))
            .provider(provider("openai", OPENAI_RESPONSES))
            .model("groq/9", of(0.9))
            .model("claude/8", of(0.8))
            .model("claude/7", of(0.7))
            .model("openai/5", of(0.5));

    @Test
    void whoTakesATheVendorsToolComesFirstAndTheOthersStayInTheirOrder() {
        RoutingDecision decision = given.request(SEARCH).auto();

        assertThat(chain(decision)).containsExactly("openai/5 takes_all", "groq/9 ranked", "claude/8 ranked");
        assertThat(ranking(decision)).containsExactly("openai/5", "groq/9", "claude/8", "claude/7");
    }

    @Test
    void theDecisionTellsWhatEachWouldBeSpokenToInAndWouldNotBeSent() {
        RoutingDecision decision = given.request(SEARCH).auto();

        assertThat(decision.chain())
                .extracting(ChainStep::dialect)
                .containsExactly(OPENAI_RESPONSES, OPENAI_CHAT, ANTHROPIC_MESSAGES);
        assertThat(decision.chain()).extracting(ChainStep::leavesOut).containsExactly(null, "web_search", "web_search");
        assertThat(decision.ranking())
                .extracting(Ranked::leavesOut)
                .containsExactly(null, "web_search", "web_search", "web_search");
    }

    @Test
    void anAnthropicToolFindsAnthropic() {
        given.request(asking(vendorTool(ANTHROPIC_MESSAGES, "web_search")));

        assertThat(chain(given.auto())).containsExactly("claude/8 takes_all", "claude/7 takes_all", "groq/9 ranked");
    }

    @Test
    void partsThatOneVendorKnowsFindItToo() {
        Content call = new Content.Vendor(OPENAI_RESPONSES, json("{'type':'web_search_call','id':'ws_1'}"));
        Content result = new Content.ToolResult(
                "c", List.of(new Content.Vendor(OPENAI_RESPONSES, json("{'type':'input_file'}"))), false, Extras.NONE);
        RoutingDecision decision = given.request(saying(List.of(call, result))).auto();

        assertThat(chain(decision)).startsWith("openai/5 takes_all");
        assertThat(decision.chain().getLast().leavesOut()).isEqualTo("web_search_call, input_file");
    }

    @Test
    void withoutSuchThingsNothingMoves() {
        given.request(saying(List.of(new Content.Text("hi"))));

        assertThat(chain(given.auto())).containsExactly("groq/9 ranked", "claude/8 ranked", "claude/7 ranked");
    }

    @Test
    void aNamedModelStaysWhereItIs() {
        RoutingDecision decision = given.request(SEARCH).named("8");

        assertThat(chain(decision)).containsExactly("claude/8 pinned", "openai/5 takes_all", "groq/9 ranked");
        assertThat(decision.chain().getFirst().leavesOut()).isEqualTo("web_search");
    }

    @Test
    void ofTheProvidersOfANamedModelTheOneThatTakesAllComesFirst() {
        given.provider(provider("azure", "groq", OPENAI_RESPONSES)).request(SEARCH);

        assertThat(given.named("9").chain())
                .extracting(step -> step.candidate().toString())
                .startsWith("azure/9", "groq/9");
    }

    @Test
    void aConversationLeavesAModelThatWouldNotBeSentAll() {
        assertThat(chain(given.auto(candidate("claude/8")))).startsWith("claude/8 sticky");
        assertThat(chain(given.request(SEARCH).auto(candidate("claude/8"))))
                .startsWith("openai/5 takes_all", "groq/9 ranked");
    }

    @Test
    void aConversationStaysWhereNobodyTakesAll() {
        given.state(
                "openai/5",
                new TargetState.Unavailable(TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(1), "is down"));

        assertThat(chain(given.request(SEARCH).auto(candidate("claude/8"))))
                .startsWith("claude/8 sticky", "groq/9 ranked");
    }

    @Test
    void beingStrainedCountsLessThanLosingATool() {
        given.state("openai/5", new TargetState.Strained("is strained")).request(SEARCH);

        assertThat(ranking(given.auto())).startsWith("openai/5", "groq/9");
    }

    @Test
    void whoWouldStandBeforeAStrainedOneAnywayHasOvertakenNobody() {
        Given two = speaking(OPENAI_CHAT, "groq")
                .provider(provider("openai", OPENAI_RESPONSES))
                .model("groq/9", of(0.9))
                .model("openai/5", of(0.5))
                .state("groq/9", new TargetState.Strained("is strained"));

        assertThat(chain(two.request(SEARCH).auto())).containsExactly("openai/5 ranked", "groq/9 ranked");
    }

    @Test
    void whoCannotTellItsFormatIsNotHeldToLoseAnything() {
        Given unknown = new Given()
                .provider(provider("claude", ANTHROPIC_MESSAGES))
                .model("a/5", of(0.5))
                .model("claude/8", of(0.8));

        assertThat(chain(unknown.request(SEARCH).auto())).containsExactly("a/5 takes_all", "claude/8 ranked");
    }

    private static Given speaking(Dialect dialect, String id) {
        return new Given().provider(provider(id, dialect));
    }

    private static Upstream provider(String id, Dialect dialect) {
        return provider(id, id, dialect);
    }

    private static Upstream provider(String id, String vendor, Dialect dialect) {
        return new Upstream(new NamedProvider(id, dialect), vendor);
    }

    private static UnaryOperator<ModelCard.Builder> of(double value) {
        return card -> card.scores(quality(value));
    }

    private static Tool vendorTool(Dialect dialect, String name) {
        return new Tool.Vendor(dialect, name, json("{'type':'" + name + "'}"));
    }

    private static ChatRequest asking(Tool tool) {
        return ChatRequest.builder("auto")
                .messages(List.of(Message.user("hi")))
                .toolUse(new ToolUse(List.of(tool), null, null))
                .build();
    }

    private static ChatRequest saying(List<Content> parts) {
        return ChatRequest.builder("auto")
                .messages(List.of(new Message(Role.USER, parts)))
                .build();
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
