package dev.llmgateway.ir.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands texts to the mapper or visitor, and keeps what did not change. For one walk. */
final class Texts {

    /** Maps an element of a list; null leaves it out. */
    interface Element<T> {
        @Nullable
        T map(T element, int index);
    }

    private final TextMapper mapper;
    private boolean stopped;

    Texts(TextMapper mapper) {
        this.mapper = mapper;
    }

    Texts(TextVisitor visitor) {
        this.mapper = (text, place) -> {
            stopped = !visitor.visit(text, place);
            return text;
        };
    }

    /** The text to stand in this place; the same instance when it is to stay. */
    String text(String text, TextPlace place) {
        if (stopped || text.isEmpty()) {
            return text;
        }
        String mapped = mapper.map(text, place);
        return mapped.equals(text) ? text : mapped;
    }

    @Nullable
    String optional(@Nullable String text, TextPlace place) {
        return text == null ? null : text(text, place);
    }

    /** A string inside JSON: under the nearest name around it, or under none. */
    String value(@Nullable String name, String text, TextPlace place) {
        if (stopped || text.isEmpty() || InlineData.isBase64Url(text)) {
            return text;
        }
        String mapped = name == null ? mapper.map(text, place) : mapper.mapMember(name, text, place);
        return mapped.equals(text) ? text : mapped;
    }

    /** JSON text, or what was meant to be. */
    String json(String json, TextPlace place) {
        return stopped ? json : JsonTexts.mapMembers(json, (name, text) -> value(name, text, place));
    }

    /** The elements mapped; the same list when none changed. */
    @SuppressWarnings("ReferenceEquality") // an unchanged element is the same instance, and comparing texts costs
    static <T> List<T> each(List<T> elements, Element<T> element) {
        List<T> changed = null;
        for (int i = 0; i < elements.size(); i++) {
            T before = elements.get(i);
            T after = element.map(before, i);
            if (changed == null && after != before) {
                changed = new ArrayList<>(elements.subList(0, i));
            }
            if (changed != null && after != null) {
                changed.add(after);
            }
        }
        return changed == null ? elements : changed;
    }
}
