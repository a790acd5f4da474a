package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Wire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The pieces of reasoning that streams of Responses tell beside the one that is shown, a summary or the content, of which no event
 * tells. They cannot be changed: each leaves as it came once it is settled that nothing is found in it, or not at all. For one
 * answer.
 */
final class UnshownReasoning {

    /** What may wait behind a piece that is not settled. */
    static final int MOST_BEHIND = 64;

    /** No answer has more such texts at a time; those of more are not let pass. */
    private static final int MOST_TEXTS = 64;

    private static final String DELTA = ".delta";
    private static final String DONE = ".done";
    private static final Map<String, String> INDEX = Map.of(
            "response.reasoning_text", "content_index",
            "response.reasoning_summary_text", "summary_index");

    private record Key(String type, String item, String index) {}

    /** Characters of a piece that are not settled. */
    private static final class Piece {
        private int left;
        private boolean refused;

        private Piece(int left) {
            this.left = left;
        }

        private boolean waits() {
            return left > 0 && !refused;
        }
    }

    private final Treatment treatment;
    private final Map<Key, Text> open = new HashMap<>();
    private final Set<Key> ended = new HashSet<>();
    private final Map<ChatEvent, Piece> pieces = new IdentityHashMap<>();
    private boolean found;

    UnshownReasoning(Treatment treatment) {
        this.treatment = treatment;
    }

    /** Takes a piece, which then stands in its place until it {@link #leaving leaves}; false when it is of another kind. */
    boolean take(ChatEvent.Vendor event, JsonNode message) {
        Key key = key(message, DELTA);
        // Behind its end a text would go on that was looked at as complete.
        if (key == null || ended.contains(key) || open.size() >= MOST_TEXTS && !open.containsKey(key)) {
            return false;
        }
        String text = message.path("delta").asString("");
        Piece piece = new Piece(text.length());
        pieces.put(event, piece);
        open.computeIfAbsent(key, it -> new Text(key)).accept(piece, text);
        return true;
    }

    private static @Nullable Key key(JsonNode message, String end) {
        String type = message.path("type").asString("");
        String of = type.endsWith(end) ? type.substring(0, type.length() - end.length()) : "";
        String index = INDEX.get(of);
        return index == null
                ? null
                : new Key(
                        of,
                        message.path("item_id").asString("") + message.path("output_index"),
                        message.path(index).asString(""));
    }

    /** A message that tells no piece: it may be the end of such a text. */
    void heard(JsonNode message) {
        Key key = open.isEmpty() ? null : key(message, DONE);
        if (key != null) {
            end(key);
        }
    }

    /** What the texts belong to has come to its end. */
    void end() {
        Set.copyOf(open.keySet()).forEach(this::end);
    }

    private void end(Key key) {
        Text text = open.remove(key);
        if (text != null) {
            ended.add(key);
            text.filter.finish();
        }
    }

    /** Whether anything was found in a piece, which then does not leave. */
    boolean hasFound() {
        return found;
    }

    /** Whether an event must not leave yet. */
    boolean holds(@Nullable ChatEvent event) {
        Piece piece = event == null || pieces.isEmpty() ? null : pieces.get(event);
        return piece != null && piece.waits();
    }

    /** Too much waits behind a piece: it is left out. */
    void refuse() {
        found = true;
        pieces.values().stream().filter(Piece::waits).forEach(piece -> piece.refused = true);
    }

    /** What leaves in the place of an event: itself, or a gap. */
    @Nullable
    ChatEvent leaving(@Nullable ChatEvent event) {
        Piece piece = event == null || pieces.isEmpty() ? null : pieces.remove(event);
        boolean isLeftOut = piece != null && (piece.refused || piece.left > 0);
        return isLeftOut ? new ChatEvent.Vendor(Wire.NONE) : event;
    }

    private final class Text implements TextFilter.Output {
        private final TextFilter filter;
        private final Deque<Piece> waiting = new ArrayDeque<>();

        private Text(Key key) {
            filter = treatment.open("event." + key.type, false, this);
        }

        private void accept(Piece piece, String text) {
            waiting.add(piece);
            filter.accept(text);
        }

        @Override
        public void pass(char[] chars, int from, int length) {
            settle(length, false);
        }

        @Override
        public void replace(char[] chars, int from, int length, String instead) {
            found = true;
            settle(length, true);
        }

        private void settle(int characters, boolean refused) {
            int left = characters;
            while (left > 0 && !waiting.isEmpty()) {
                Piece first = waiting.getFirst();
                int count = Math.min(left, first.left);
                first.left -= count;
                first.refused |= refused;
                left -= count;
                if (first.left == 0) {
                    waiting.removeFirst();
                }
            }
        }
    }
}
