package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.codec.VendorParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Arranges a conversation as Anthropic wants it: leading instructions apart; instructions in the middle only behind a user
 * turn, and otherwise told to the model inside one; all results of an assistant turn's calls in one user turn directly
 * behind it and before any other text; no empty text; no reasoning that the target refuses. For one request.
 */
final class TurnPlanner {

    private static final String TAG = "system-instructions";

    /** What asks a model to go on that does not do so by itself. */
    private static final Content GO_ON = new Content.Text("Continue.");

    private final Target target;
    private final boolean prefill;
    private final Losses losses;

    private final List<Content> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    private final List<Content> results = new ArrayList<>();
    private Extras resultExtras = Extras.NONE;
    private final List<Turn> rest = new ArrayList<>();

    /**
     * Arranges one conversation.
     *
     * @param prefill whether it may end with what the assistant said
     */
    TurnPlanner(Target target, boolean prefill, Losses losses) {
        this.target = target;
        this.prefill = prefill;
        this.losses = losses;
    }

    /** The blocks of the top-level {@code system}; callers may add to it. */
    List<Content> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    /** Instructions are texts: what else the leading ones have goes into the first user turn. */
    void plan(List<Message> messages) {
        int first = 0;
        List<Content> displaced = new ArrayList<>();
        while (first < messages.size() && isInstruction(messages.get(first))) {
            Message leading = messages.get(first++);
            nameForeign(leading);
            leading.extras().of(Dialect.ANTHROPIC_MESSAGES).keySet().forEach(name -> losses.add(Losses.MESSAGE + name));
            for (Content part : kept(leading.content(), false)) {
                (part instanceof Content.Text ? system : displaced).add(part);
            }
        }
        addTo(rest, new Turn(Turn.USER, displaced, Extras.NONE));
        for (Message message : messages.subList(first, messages.size())) {
            nameForeign(message);
            add(message);
        }
        endUserTurn();
        endWithAssistant();
        if (turns.isEmpty()) {
            askWithInstructions();
        }
    }

    private void add(Message message) {
        boolean items = message.role() == Role.ASSISTANT;
        List<Content> content = kept(message.content(), items);
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> instruction(content, message.extras());
            case USER -> addTo(rest, new Turn(Turn.USER, content, message.extras()));
            case TOOL -> {
                results.addAll(content);
                resultExtras = merge(resultExtras, message.extras());
            }
            case ASSISTANT -> {
                endUserTurn();
                addTo(turns, new Turn(Turn.ASSISTANT, withoutLastThoughts(content), message.extras()));
            }
        }
    }

    /** An answer that broke off may have come no further than its thoughts, and Anthropic refuses a message that ends with them. */
    private List<Content> withoutLastThoughts(List<Content> content) {
        int end = content.size();
        while (end > 0 && content.get(end - 1) instanceof Content.Reasoning thought) {
            losses.addReasoning(thought);
            end--;
        }
        return content.subList(0, end);
    }

    private static void addTo(List<Turn> turns, Turn turn) {
        if (!turn.content().isEmpty()) {
            turns.add(turn);
        }
    }

    private void instruction(List<Content> content, Extras extras) {
        if (content.isEmpty()) {
            return;
        }
        boolean behindUser = !results.isEmpty() || !rest.isEmpty();
        boolean isText = content.stream().allMatch(Content.Text.class::isInstance);
        if (!target.traits().acceptsMidInstructions() || !behindUser || !isText) {
            extras.of(Dialect.ANTHROPIC_MESSAGES).keySet().forEach(name -> losses.add(Losses.MESSAGE + name));
            rest.add(new Turn(Turn.USER, tagged(content), Extras.NONE));
        } else if (!rest.isEmpty() && rest.getLast().role().equals(Turn.SYSTEM)) {
            Turn before = rest.removeLast();
            List<Content> joined = new ArrayList<>(before.content());
            joined.addAll(content);
            rest.add(new Turn(Turn.SYSTEM, joined, merge(before.extras(), extras)));
        } else {
            rest.add(new Turn(Turn.SYSTEM, content, extras));
        }
    }

    /** What is no text (an image, say) follows the tag. */
    private List<Content> tagged(List<Content> content) {
        List<Content> others = new ArrayList<>(0);
        StringBuilder text = new StringBuilder("<" + TAG + ">\n");
        for (Content part : content) {
            if (part instanceof Content.Text t) {
                text.append(t.text()).append('\n');
                t.extras().of(Dialect.ANTHROPIC_MESSAGES).keySet().forEach(losses::add);
                losses.addMark(Lost.CACHE_MARK_OF_PART, Losses.PART, part.extras());
            } else {
                others.add(part);
            }
        }
        others.addFirst(new Content.Text(text.append("</" + TAG + ">").toString()));
        return others;
    }

    /** Closes what stands between two assistant turns. */
    private void endUserTurn() {
        if (!results.isEmpty()) {
            List<Content> content = new ArrayList<>(results);
            Extras extras = resultExtras;
            if (!rest.isEmpty() && rest.getFirst().role().equals(Turn.USER)) {
                Turn next = rest.removeFirst();
                content.addAll(next.content());
                extras = merge(extras, next.extras());
            }
            turns.add(new Turn(Turn.USER, content, extras));
        }
        turns.addAll(rest);
        results.clear();
        rest.clear();
        resultExtras = Extras.NONE;
    }

    /**
     * OpenAI takes a conversation that ends with the assistant for one in which it is its turn again, as it is behind an answer
     * that broke off. Here it is a prefill, which may end with neither white space nor thoughts; who takes none is asked to go on.
     */
    private void endWithAssistant() {
        if (turns.isEmpty() || !turns.getLast().role().equals(Turn.ASSISTANT)) {
            return;
        }
        Turn last = turns.getLast();
        boolean mayStay = losses.isOwnCaller()
                || prefill && last.content().stream().noneMatch(Content.Reasoning.class::isInstance);
        if (!mayStay) {
            turns.add(new Turn(Turn.USER, List.of(GO_ON), Extras.NONE));
        } else if (last.content().getLast() instanceof Content.Text text) {
            List<Content> content = new ArrayList<>(last.content());
            content.set(content.size() - 1, new Content.Text(text.text().stripTrailing(), text.extras()));
            turns.set(turns.size() - 1, new Turn(last.role(), content, last.extras()));
        }
    }

    /** OpenAI takes a conversation of instructions alone, Anthropic wants a user turn: they become its text. */
    private void askWithInstructions() {
        if (system.isEmpty()) {
            throw new UntranslatableException(
                    losses.caller() == Dialect.OPENAI_RESPONSES ? "input" : "messages",
                    "there is no text in the conversation to answer");
        }
        turns.add(new Turn(Turn.USER, List.copyOf(system), Extras.NONE));
        system.clear();
    }

    /** Keeps what can be written; of a caller of Responses, {@code items} and not their parts make an assistant's turn. */
    private List<Content> kept(List<Content> content, boolean items) {
        List<Content> kept = new ArrayList<>(content.size());
        for (Content part : content) {
            if (isKept(part, items)) {
                kept.add(part instanceof Content.ToolResult result ? kept(result) : part);
            }
        }
        return kept;
    }

    private Content.ToolResult kept(Content.ToolResult result) {
        List<Content> parts = kept(VendorParts.asTexts(result.content(), Dialect.ANTHROPIC_MESSAGES), false);
        return parts.equals(result.content())
                ? result
                : new Content.ToolResult(result.callId(), parts, result.isError(), result.extras());
    }

    private boolean isKept(Content part, boolean items) {
        losses.addForeign(ResponsesMembers.prefix(part, losses.caller()), part.extras());
        return switch (part) {
            case Content.Text text -> !text.text().isBlank();
            case Content.Refusal refusal -> !refusal.text().isBlank();
            case Content.Reasoning reasoning -> {
                boolean own = Seals.mayGo(reasoning, target, losses.caller());
                if (!own) {
                    losses.addReasoning(reasoning);
                }
                yield own;
            }
            case Content.Vendor vendor -> {
                boolean own = vendor.dialect() == Dialect.ANTHROPIC_MESSAGES;
                if (vendor.dialect() == Dialect.OPENAI_RESPONSES) {
                    losses.add(items ? ResponsesMembers.itemName(vendor) : ResponsesMembers.partName(vendor));
                } else if (!own) {
                    losses.add(Lost.PART);
                }
                yield own;
            }
            case Content.Image image -> {
                if (image.detail() != null && !image.detail().equals("auto")) {
                    losses.add(Lost.IMAGE_DETAIL);
                }
                yield true;
            }
            case Content.Document ignored -> true;
            case Content.Audio ignored -> true;
            case Content.ToolCall call -> {
                if (call.token() != null) {
                    losses.add("thought_signature");
                }
                yield true;
            }
            case Content.ToolResult ignored -> true;
            case Content.Numbers ignored -> true;
        };
    }

    private void nameForeign(Message message) {
        losses.addForeign(Losses.MESSAGE, message.extras());
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static Extras merge(Extras first, Extras second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>(first.of(Dialect.ANTHROPIC_MESSAGES));
        members.putAll(second.of(Dialect.ANTHROPIC_MESSAGES));
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, members);
    }
}
