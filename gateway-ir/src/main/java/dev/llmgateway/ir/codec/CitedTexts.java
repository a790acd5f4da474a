package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text that each citation of OpenAI's formats is about, for an Anthropic client, who is shown citations inside of texts and
 * one text after the other. Responses says which part it is; Chat counts places in all texts as if they were one. A citation whose
 * text has not come waits for it; one whose text is over, or never comes, is lost. Costs next to nothing where nothing is cited. For
 * the first choice of one answer; not thread safe.
 */
public final class CitedTexts {

    /** Who shows citations. */
    public interface Reader {
        /** Part {@code part}, some text of which was told before, names a source. */
        void told(int part, UrlCitation citation);

        /** There is no text to tell it in. */
        void lost(UrlCitation citation);
    }

    private static final int NONE = -1;

    /**
     * A citation whose text has not come.
     *
     * @param part the text that it is about, or {@link #NONE} when that is told by {@code place}
     */
    private record Waiting(UrlCitation citation, int part, int place) {}

    private final Reader reader;
    private final boolean inTurn;
    private final List<Waiting> waiting = new ArrayList<>(0);
    private final BitSet ended = new BitSet();
    /** For each part how many characters of texts came before it, or {@link #NONE} as long as it has no text. */
    private int[] begins = {};

    private int latest = NONE;
    private int lastText = NONE;
    private int arrived;

    /**
     * Watches an answer.
     *
     * @param inTurn whether a text is over when another part follows it, as in a stream; in a complete answer none is
     */
    public CitedTexts(boolean inTurn, Reader reader) {
        this.inTurn = inTurn;
        this.reader = reader;
    }

    /** Those texts of an answer that name sources, each under its number and with all that it names. */
    public static Map<Integer, List<UrlCitation>> of(List<Content> parts) {
        Map<Integer, List<UrlCitation>> told = new TreeMap<>();
        CitedTexts texts = new CitedTexts(false, new Reader() {
            @Override
            public void told(int part, UrlCitation citation) {
                told.computeIfAbsent(part, unused -> new ArrayList<>()).add(citation);
            }

            @Override
            public void lost(UrlCitation citation) {}
        });
        texts.acceptAll(parts);
        return told;
    }

    /** Takes all parts of a complete answer. */
    void acceptAll(List<Content> parts) {
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Content.Text text) {
                started(part, text);
                grew(part, text.text().length());
            }
        }
        over();
    }

    /** Takes the next event of a stream; one that has text, when the client has been shown that. */
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.PartStarted start -> {
                if (start.choice() == 0) {
                    started(start.part(), start.initial());
                }
            }
            case ChatEvent.TextDelta delta -> {
                if (delta.choice() == 0) {
                    grew(delta.part(), delta.text().length());
                }
            }
            case ChatEvent.VendorDelta delta -> {
                if (delta.choice() == 0 && delta.dialect() != ANTHROPIC_MESSAGES) {
                    cited(delta.part(), delta.dialect(), UrlCitation.read(delta.dialect(), delta.delta()));
                }
            }
            case ChatEvent.PartEnded end -> {
                if (end.choice() == 0) {
                    ended.set(end.part());
                }
            }
            case ChatEvent.Finished end -> {
                if (end.choice() == 0) {
                    over();
                }
            }
            case ChatEvent.Started ignored -> {}
            case ChatEvent.Delta ignored -> {}
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.UsageReported ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    private void started(int part, Content initial) {
        latest = part;
        if (initial instanceof Content.Text text && !text.extras().members().isEmpty()) {
            for (Dialect dialect : List.of(OPENAI_CHAT, OPENAI_RESPONSES)) {
                UrlCitation.in(text.extras(), dialect).forEach(citation -> cited(part, dialect, citation));
            }
        }
    }

    private void grew(int part, int characters) {
        if (characters == 0) {
            return;
        }
        if (!hasText(part)) {
            begin(part);
        }
        lastText = Math.max(lastText, part);
        arrived += characters;
        if (!waiting.isEmpty()) {
            for (Waiting citation : List.copyOf(waiting)) {
                int text = textOf(citation);
                if (text != NONE) {
                    waiting.remove(citation);
                    tell(text, citation.citation);
                }
            }
        }
    }

    private void begin(int part) {
        if (part >= begins.length) {
            int known = begins.length;
            begins = Arrays.copyOf(begins, part + 4);
            Arrays.fill(begins, known, begins.length, NONE);
        }
        begins[part] = arrived;
    }

    private boolean hasText(int part) {
        return part < begins.length && begins[part] != NONE;
    }

    private void cited(int part, Dialect dialect, @Nullable UrlCitation citation) {
        if (citation == null) {
            return;
        }
        Waiting it = place(part, dialect, citation);
        int text = textOf(it);
        if (text == NONE) {
            waiting.add(it);
        } else {
            tell(text, citation);
        }
    }

    /** Some fill places with zeros: a citation of no characters is about the text that it comes with, or the next. */
    private Waiting place(int part, Dialect dialect, UrlCitation citation) {
        Integer start = citation.start();
        Integer end = citation.end();
        if (dialect == OPENAI_CHAT && start != null && end != null && end > start) {
            return new Waiting(citation, NONE, Math.max(0, start));
        }
        return dialect == OPENAI_RESPONSES || hasText(part)
                ? new Waiting(citation, part, 0)
                : new Waiting(citation, NONE, arrived);
    }

    /** The text that a citation is about, as far as it has come. */
    private int textOf(Waiting citation) {
        if (citation.part != NONE) {
            return hasText(citation.part) ? citation.part : NONE;
        }
        int text = citation.place < arrived ? lastText : NONE;
        while (text != NONE && (begins[text] == NONE || begins[text] > citation.place)) {
            text--;
        }
        return text;
    }

    private void tell(int text, UrlCitation citation) {
        if (isOver(text)) {
            reader.lost(citation);
        } else {
            reader.told(text, citation);
        }
    }

    /** Parts are shown in their order: a text that has ended is over when so is all before it, and another part follows. */
    private boolean isOver(int text) {
        return inTurn && text != latest && ended.nextClearBit(0) > text;
    }

    /** No more texts come: what is in none, for some count in other units, is about the last. */
    private void over() {
        if (waiting.isEmpty()) {
            return;
        }
        for (Waiting citation : waiting) {
            if (citation.part == NONE && lastText != NONE) {
                tell(lastText, citation.citation);
            } else {
                reader.lost(citation.citation);
            }
        }
        waiting.clear();
    }
}
