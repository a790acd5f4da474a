package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer as a client is shown it, item by item. A text is shown when there is something to show of it, a call when it begins.
 * Texts that follow each other are one message, which therefore ends when something else begins; a call does so too, for the
 * last item of an answer that was cut is incomplete. Items begin and end in the order of the parts, since clients run calls, and
 * keep the answer for the next request, in the order in which items end. Not thread safe.
 */
final class ShownAnswer {

    private final ClientCalls calls;
    private final Frames frames;
    private final List<ShownItem> items = new ArrayList<>();
    private final Map<Integer, ShownPart> parts = new TreeMap<>();
    private final ChatCitations ofChat = new ChatCitations();
    private final Map<Integer, JsonNode> announced = new TreeMap<>();
    /** A call that has begun and is not shown: the next event may tell what goes into its id. */
    private @Nullable ShownPart begun;
    /** How many items, from the first on, are known to be complete. */
    private int finished;

    ShownAnswer(ClientCalls calls, Frames frames) {
        this.calls = calls;
        this.frames = frames;
    }

    /** All that was shown, in order. */
    List<ShownItem> items() {
        return items;
    }

    /** All that was shown, in the order of its places. */
    List<ShownItem> inOrder() {
        return items.stream().sorted(Comparator.comparingInt(ShownItem::index)).toList();
    }

    /** The client was told in the provider's own bytes that this item begins, and nothing else of it. */
    void announced(int index, JsonNode item) {
        announced.put(index, item);
    }

    /**
     * A frame of the provider's that no event tells of. How far an item has come that only the vendor makes, such as a search,
     * is shown; all else is told by events too.
     */
    void vendorFrame(JsonNode frame) {
        showBegun();
        if (frame.path("type").stringValue("").equals("response.output_item.added")) {
            vendorItemAdded(frame.path("item"));
            return;
        }
        String id = frame.path("item_id").stringValue("");
        announced.forEach((index, item) -> {
            if (isVendors(item) && !id.isEmpty() && id.equals(item.path("id").stringValue(""))) {
                frames.again(frame, index);
            }
        });
    }

    private void vendorItemAdded(JsonNode item) {
        if (!isVendors(item) || item.path("id").stringValue("").isEmpty()) {
            return;
        }
        finishEnded(true);
        int index = nextIndex();
        announced.put(index, item);
        frames.itemAdded(index, item);
    }

    private static boolean isVendors(JsonNode item) {
        return switch (OutputDecoder.typeOf(item)) {
            case "",
                    OutputDecoder.MESSAGE,
                    OutputDecoder.REASONING,
                    OutputDecoder.FUNCTION_CALL,
                    OutputDecoder.CUSTOM_CALL -> false;
            default -> true;
        };
    }

    /** Whether the client was told in words that the model declines. */
    boolean refuses() {
        return items.stream().flatMap(item -> item.parts().stream()).anyMatch(part -> part.kind() == PartKind.REFUSAL);
    }

    /** A part begins; returns it when it can be shown at all. */
    @Nullable
    ShownPart start(int number, Content initial) {
        showBegun();
        PartKind kind = PartKind.of(initial, calls);
        if (kind == PartKind.HIDDEN) {
            return null;
        }
        ShownPart part = new ShownPart(initial, kind);
        parts.put(number, part);
        UrlCitation.in(initial.extras(), Dialect.OPENAI_CHAT).forEach(citation -> cite(part, citation, true));
        if (kind == PartKind.WHOLE || frames.isSilent()) {
            show(part);
        } else if (kind.isCall()) {
            begun = part;
        }
        return part;
    }

    private void showBegun() {
        ShownPart part = begun;
        if (part != null) {
            begun = null;
            show(part);
        }
    }

    void delta(int number, String text) {
        showBegun();
        ShownPart part = parts.get(number);
        if (part == null || text.isEmpty()) {
            return;
        }
        if (isHeldBack(part)) {
            part.append(text);
            return;
        }
        ShownItem item = show(part);
        String shown = part.append(text);
        if (!shown.isEmpty()) {
            summarize(item, part);
            frames.delta(item, part, shown);
        }
    }

    private void summarize(ShownItem item, ShownPart part) {
        if (part.kind() == PartKind.REASONING && !part.isSummarized() && !frames.isSilent()) {
            frames.summaryAdded(item, part);
            part.summarize();
        }
    }

    /** Of an object around a text, only the whole tells the text. */
    private boolean isHeldBack(ShownPart part) {
        return part.initial() instanceof Content.ToolCall call && calls.unwraps(call);
    }

    void token(int number, OpaqueToken token) {
        ShownPart part = parts.get(number);
        if (part != begun) {
            showBegun();
        }
        if (part != null) {
            part.attach(token);
        }
    }

    /** A text names a source, in the words of some dialect; those of others are told when the text ends. */
    void cited(int number, Dialect dialect, JsonNode delta) {
        showBegun();
        ShownPart part = parts.get(number);
        if (part != null && dialect == Dialect.OPENAI_RESPONSES) {
            marked(part, delta);
        } else if (part != null && part.kind() == PartKind.TEXT) {
            cite(part, UrlCitation.read(dialect, delta), dialect == Dialect.OPENAI_CHAT);
        }
    }

    private void cite(ShownPart part, @Nullable UrlCitation citation, boolean isOfChat) {
        if (isOfChat && citation != null && citation.start() != null) {
            ofChat.add(citation);
            ofChat.tell(parts.values(), null, false, this::annotate);
        } else {
            part.cite(citation);
        }
    }

    /** No more texts come: tells the citations that are left. */
    void tellCitations() {
        ofChat.tell(parts.values(), null, true, this::annotate);
    }

    private void annotate(ShownPart part, UrlCitation citation) {
        annotate(part, citation.toJson(Dialect.OPENAI_RESPONSES));
    }

    /** A mark that only this format has. */
    private void marked(ShownPart part, JsonNode mark) {
        if (part.kind() == PartKind.REASONING && SummaryParts.isBreak(mark)) {
            nextSummary(part);
        } else if (part.kind() == PartKind.TEXT) {
            annotate(part, mark);
        }
    }

    private void nextSummary(ShownPart part) {
        if (part.item() != null) {
            close(part.item(), part);
        }
        part.nextSummary();
    }

    /** All of a reasoning's summary, part by part. */
    void summaries(int number, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            ShownPart part = parts.get(number);
            if (i > 0 && part != null) {
                nextSummary(part);
                part.append(SummaryParts.BLANK_LINE);
            }
            delta(number, texts.get(i));
        }
    }

    private void annotate(ShownPart part, JsonNode annotation) {
        ShownItem item = show(part);
        frames.annotation(item, part, part.annotate(annotation), annotation);
    }

    /** Gives each text the log probabilities of its tokens, which follow each other as the texts do. */
    void tellLogprobs(JsonNode all) {
        if (all.isEmpty()) {
            return;
        }
        List<ShownPart> texts = items.stream()
                .flatMap(item -> item.parts().stream())
                .filter(part -> part.kind() == PartKind.TEXT)
                .toList();
        int next = 0;
        for (ShownPart part : texts) {
            next = part.takeLogprobs(all, next, part == texts.getLast());
        }
    }

    /** All of a part has come. */
    void end(int number) {
        showBegun();
        ShownPart part = parts.get(number);
        if (part == null || part.isEnded()) {
            return;
        }
        if (part.initial() instanceof Content.ToolCall call && !frames.isSilent()) {
            complete(part, call);
        }
        part.takeCitations().forEach(citation -> annotate(part, citation));
        ofChat.tell(parts.values(), part, false, this::annotate);
        boolean isShown = part.item() != null || part.kind() == PartKind.REASONING && ShownItem.isWorthShowing(part);
        part.end();
        if (isShown) {
            ShownItem item = show(part);
            close(item, part);
            finishEnded(false);
        }
    }

    /** What the client reads may differ from what has come: a text out of its object, or an object where nothing came. */
    private void complete(ShownPart part, Content.ToolCall call) {
        ShownItem item = show(part);
        String input = calls.input(call, part.text());
        if (isHeldBack(part) || !part.hasText()) {
            part.replaceText(input);
            if (!input.isEmpty()) {
                frames.delta(item, part, input);
            }
        }
    }

    /** The answer was cut: its last item is incomplete, unless the client was told otherwise. */
    void cut() {
        if (!items.isEmpty() && !items.getLast().isDone()) {
            items.getLast().cut();
        }
    }

    /** The answer is over: what is still open ends here. */
    void finish() {
        tellCitations();
        items.forEach(item -> {
            item.parts().forEach(part -> close(item, part));
            finish(item);
        });
    }

    /** After a silence: tells what the client has not been told of parts that are complete. */
    void catchUp() {
        for (ShownItem item : items) {
            item.parts().stream().filter(ShownPart::isEnded).forEach(part -> closeAround(item, part));
        }
        finishEnded(false);
    }

    private ShownItem show(ShownPart part) {
        ShownItem shown = part.item();
        if (shown != null) {
            return shown;
        }
        ShownItem last = items.isEmpty() ? null : items.getLast();
        ShownItem item;
        if (last != null && last.takes(part)) {
            item = last;
            item.add(part);
        } else {
            finishEnded(true);
            item = new ShownItem(nextIndex(), part, calls);
            if (!wasAnnounced(item)) {
                frames.itemAdded(item);
            }
            items.add(item);
        }
        if (part.kind().isInMessage()) {
            frames.partAdded(item, part);
        }
        return item;
    }

    private int nextIndex() {
        int next = items.stream().mapToInt(item -> item.index() + 1).reduce(0, Math::max);
        return announced.keySet().stream().mapToInt(index -> index + 1).reduce(next, Math::max);
    }

    /** Whether the client knows the item already, under an index that it then takes. */
    private boolean wasAnnounced(ShownItem item) {
        for (Map.Entry<Integer, JsonNode> known : announced.entrySet()) {
            String id = known.getValue().path("id").stringValue("");
            boolean isMessage = known.getValue().path("type").stringValue("").equals("message");
            if (item.isMessage() ? isMessage : item.id().equals(id)) {
                announced.remove(known.getKey());
                item.knownAs(known.getKey(), id);
                return true;
            }
        }
        return false;
    }

    private void close(ShownItem item, ShownPart part) {
        boolean hasNothing = part.kind() == PartKind.REASONING && !part.hasText() && !part.isSummarized();
        if (!part.isClosed() && part.kind() != PartKind.WHOLE && !hasNothing) {
            summarize(item, part);
            frames.textDone(item, part);
        }
        closeAround(item, part);
    }

    private void closeAround(ShownItem item, ShownPart part) {
        if (part.isClosed() || frames.isSilent()) {
            return;
        }
        if (part.kind().isInMessage()) {
            frames.partDone(item, part);
        } else if (part.kind() == PartKind.REASONING && part.isSummarized()) {
            frames.summaryDone(item, part);
        }
        part.close();
    }

    /**
     * Tells of the items that are complete that they are, up to the first that goes on.
     *
     * @param another whether another item begins, so that no text goes on in the last
     */
    private void finishEnded(boolean another) {
        while (finished < items.size() && !frames.isSilent()) {
            ShownItem item = items.get(finished);
            boolean goesOn = !another && item.mayBeCut() && item == items.getLast();
            if (goesOn || !item.isDone() && !item.isEnded()) {
                return;
            }
            finish(item);
            finished++;
        }
    }

    private void finish(ShownItem item) {
        if (!item.isDone() && !frames.isSilent()) {
            frames.itemDone(item);
            item.done();
        }
    }
}
