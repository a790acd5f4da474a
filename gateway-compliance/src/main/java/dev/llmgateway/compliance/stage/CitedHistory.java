package dev.llmgateway.compliance.stage;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the citations in a request's conversation say about places in its texts, put right when something before those places was
 * replaced. OpenAI's formats count in the cited text itself, Anthropic in the documents of the request. For one request.
 */
final class CitedHistory {

    private static final String START = "start_char_index";
    private static final String END = "end_char_index";

    /** A text of which something was replaced. */
    private record Replaced(String before, String now, FilteredText places) {}

    /** By the text as it is now, the very instance that the request holds. */
    private final Map<String, Replaced> replaced = new IdentityHashMap<>(4);

    /** Something was replaced in a text. */
    void replaced(String before, String now, FilteredText places) {
        replaced.put(now, new Replaced(before, now, places));
    }

    /** The request with those places told by what its texts are now; the same when none moves. */
    ChatRequest putRight(ChatRequest request) {
        List<Content.Document> documents = new ArrayList<>();
        List<Message> messages = new ArrayList<>(request.messages().size());
        boolean isSame = true;
        for (Message message : request.messages()) {
            addDocuments(message.content(), documents);
            Message right = cites(message) ? moved(message, documents) : message;
            isSame &= right == message;
            messages.add(right);
        }
        return isSame ? request : request.toBuilder().messages(messages).build();
    }

    private static void addDocuments(List<Content> parts, List<Content.Document> documents) {
        for (Content part : parts) {
            if (part instanceof Content.Document document) {
                documents.add(document);
            } else if (part instanceof Content.ToolResult result) {
                addDocuments(result.content(), documents);
            }
        }
    }

    private static boolean cites(Message message) {
        return message.extras().member(OPENAI_CHAT, UrlCitation.ANNOTATIONS) != null
                || message.content().stream().anyMatch(CitedHistory::cites);
    }

    private static boolean cites(Content part) {
        Extras extras = part.extras();
        return extras.member(OPENAI_RESPONSES, UrlCitation.ANNOTATIONS) != null
                || extras.member(ANTHROPIC_MESSAGES, UrlCitation.CITATIONS) != null;
    }

    private Message moved(Message message, List<Content.Document> documents) {
        CitedPlaces cited = new CitedPlaces();
        List<Content> parts = new ArrayList<>(message.content());
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Content.Text text) {
                cited.add(key(part), places(text.text()));
            }
        }
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Content.Text text) {
                Extras extras = inDocuments(cited.moved(key(part), text.extras()), documents);
                parts.set(part, extras == text.extras() ? text : new Content.Text(text.text(), extras));
            }
        }
        Extras extras = cited.moved(key(0), message.extras());
        boolean isSame = extras == message.extras() && parts.equals(message.content());
        return isSame ? message : new Message(message.role(), parts, extras);
    }

    private static PartKey key(int part) {
        return new PartKey(0, part);
    }

    private FilteredText places(String text) {
        Replaced known = replaced.get(text);
        return known == null ? FilteredText.unchanged(text.length()) : known.places;
    }

    private Extras inDocuments(Extras extras, List<Content.Document> documents) {
        JsonNode citations = extras.member(ANTHROPIC_MESSAGES, UrlCitation.CITATIONS);
        if (citations == null) {
            return extras;
        }
        ArrayNode moved = JsonNodeFactory.instance.arrayNode();
        citations.values().forEach(it -> moved.add(inDocument(it, documents)));
        return moved.equals(citations) ? extras : extras.with(ANTHROPIC_MESSAGES, UrlCitation.CITATIONS, moved);
    }

    /**
     * Anthropic counts Unicode's characters, in the document as it was sent. That may have been the sanitized one, for nobody moves
     * an answer's places in documents; then the words that are cited stand elsewhere in this, and the place is right already.
     */
    private JsonNode inDocument(JsonNode citation, List<Content.Document> documents) {
        Replaced document = document(citation.path("document_index").intValue(-1), documents);
        if (document == null) {
            return citation;
        }
        int start = offset(document.before, citation.path(START));
        int end = offset(document.before, citation.path(END));
        boolean isCited = start >= 0
                && start <= end
                && document.before.substring(start, end).equals(before(citation.path("cited_text")));
        if (!isCited || !(citation.deepCopy() instanceof ObjectNode moved)) {
            return citation;
        }
        moved.put(START, document.now.codePointCount(0, document.places.start(start)));
        moved.put(END, document.now.codePointCount(0, document.places.end(end)));
        return moved;
    }

    /** The document of this number, if something in it was replaced. */
    private @Nullable Replaced document(int index, List<Content.Document> documents) {
        return index >= 0
                        && index < documents.size()
                        && documents.get(index).source() instanceof MediaSource.PlainText plain
                ? replaced.get(plain.text())
                : null;
    }

    private String before(JsonNode text) {
        String now = text.stringValue("");
        Replaced known = replaced.get(now);
        return known == null ? now : known.before;
    }

    private static int offset(String text, JsonNode characters) {
        int count = characters.intValue(-1);
        return count < 0 || count > text.codePointCount(0, text.length()) ? -1 : text.offsetByCodePoints(0, count);
    }
}
