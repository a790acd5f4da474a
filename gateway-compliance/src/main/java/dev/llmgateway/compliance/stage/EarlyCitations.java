package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Citations of texts that have not come, which wait until these have ended. Those of Chat may be about a later text than the one that
 * they came with. For one answer.
 */
final class EarlyCitations {

    private final CitedPlaces cited;
    private final BiConsumer<PartKey, ChatEvent> told;
    private final Map<PartKey, List<ChatEvent.VendorDelta>> waiting = new LinkedHashMap<>();

    /**
     * None waits yet.
     *
     * @param cited knows the texts
     * @param told gets each with the part that it came with
     */
    EarlyCitations(CitedPlaces cited, BiConsumer<PartKey, ChatEvent> told) {
        this.cited = cited;
        this.told = told;
    }

    void add(PartKey key, ChatEvent.VendorDelta citation) {
        waiting.computeIfAbsent(key, it -> new ArrayList<>()).add(citation);
    }

    /** A part is complete. */
    void ended(PartKey part) {
        if (!waiting.isEmpty()) {
            tell((key, citation) -> citation.dialect() == Dialect.OPENAI_CHAT
                    ? key.choice() == part.choice() && cited.isText(part) && !cited.isAhead(citation)
                    : key.equals(part));
        }
    }

    /** No more comes of some parts. */
    void endAll(Predicate<PartKey> parts) {
        tell((key, citation) -> parts.test(key));
    }

    private interface Wanted {
        boolean test(PartKey key, ChatEvent.VendorDelta citation);
    }

    private void tell(Wanted wanted) {
        waiting.forEach((key, citations) -> citations.removeIf(citation -> {
            boolean isDue = wanted.test(key, citation);
            if (isDue) {
                told.accept(key, citation);
            }
            return isDue;
        }));
        waiting.values().removeIf(List::isEmpty);
    }
}
