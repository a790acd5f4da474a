package dev.llmgateway.compliance.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the characters of a text stand when some of it was replaced. Offsets are in UTF-16 units; those of the text as it came are
 * called old. Not thread safe.
 */
final class FilteredText {

    /** Of more than so many replacements, the last ones are taken for one. */
    private static final int MOST = 1_000;

    /** From one offset to another, and where what stands for that begins and ends. */
    private record Replaced(int from, int to, int begin, int end) {}

    private final List<Replaced> replaced = new ArrayList<>(0);
    private int arrived;
    private int settled;

    /** A text of so many characters, of which nothing was replaced. */
    static FilteredText unchanged(int characters) {
        FilteredText text = new FilteredText();
        text.arrive(characters);
        text.pass(characters);
        return text;
    }

    /** So many characters more have come. */
    void arrive(int characters) {
        arrived += characters;
    }

    /** How many characters have come. */
    int arrived() {
        return arrived;
    }

    /** So many of those characters stay. */
    void pass(int characters) {
        settled += characters;
    }

    /**
     * So many are left out.
     *
     * @param instead what stands for them; empty when they belong to what the call before has replaced
     */
    void replace(int characters, String instead) {
        int to = settled + characters;
        Replaced last = replaced.isEmpty() ? null : replaced.getLast();
        boolean joins = last != null && last.to == settled && instead.isEmpty();
        if (last != null && (joins || replaced.size() >= MOST)) {
            int end = now(settled) + instead.length();
            replaced.set(replaced.size() - 1, new Replaced(last.from, to, last.begin, end));
        } else {
            int begin = now(settled);
            replaced.add(new Replaced(settled, to, begin, begin + instead.length()));
        }
        settled = to;
    }

    /** Where an offset behind all replacements is now. */
    private int now(int old) {
        return replaced.isEmpty() ? old : old + replaced.getLast().end - replaced.getLast().to;
    }

    boolean isChanged() {
        return !replaced.isEmpty();
    }

    /** How much longer the text has become so far. */
    int growth() {
        return now(settled) - settled;
    }

    /** Where that now begins which began here; the replacement when it was replaced. */
    int start(int old) {
        Replaced before = lastBefore(old + 1);
        if (before == null) {
            return old;
        }
        return old < before.to ? before.begin : old + before.end - before.to;
    }

    /** Where that now ends which ended here; behind the replacement when its last character was replaced. */
    int end(int old) {
        Replaced before = lastBefore(old);
        if (before == null) {
            return old;
        }
        return old <= before.to ? before.end : old + before.end - before.to;
    }

    /** The last replacement of something that begins before this. */
    private @Nullable Replaced lastBefore(int old) {
        for (Replaced it : replaced.reversed()) {
            if (it.from < old) {
                return it;
            }
        }
        return null;
    }
}
