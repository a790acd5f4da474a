package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for an encoder, whether a stream's event may go out as the bytes it came in. One wire event can decode to
 * several canonical ones; the bytes go out only when all of them arrive unchanged and in order. If one was changed,
 * dropped or reordered, those that did arrive are encoded anew, so that no replaced text leaves in its old bytes.
 * Not thread safe.
 */
public final class FrameMemory {

    private final Dialect dialect;
    private final Consumer<List<ChatEvent>> unchanged;
    private final Consumer<ChatEvent> encodeAnew;

    private final List<ChatEvent> group = new ArrayList<>();
    private @Nullable WireForm form;

    /**
     * Serves one encoder.
     *
     * @param unchanged gets all events of one wire event of {@code dialect}, at least one; each still tells its form
     * @param encodeAnew gets each event that must be encoded from its canonical fields
     */
    public FrameMemory(Dialect dialect, Consumer<List<ChatEvent>> unchanged, Consumer<ChatEvent> encodeAnew) {
        this.dialect = dialect;
        this.unchanged = unchanged;
        this.encodeAnew = encodeAnew;
    }

    /** Takes the next event of the stream. */
    public void accept(ChatEvent event) {
        WireForm of = event.wire().form();
        boolean continues = of != null && of == form && event.wire().position() == group.size();
        if (!continues) {
            flush();
            boolean begins = of != null
                    && of.dialect() == dialect
                    && !of.isWholeBody()
                    && event.wire().position() == 0;
            if (!begins) {
                encodeAnew.accept(event);
                return;
            }
            form = of;
        }
        group.add(event);
        if (form != null && group.size() == form.size()) {
            List<ChatEvent> whole = List.copyOf(group);
            clear();
            unchanged.accept(whole);
        }
    }

    /** The stream ends: what waits for the rest of its group is encoded anew. */
    public void flush() {
        if (!group.isEmpty()) {
            List<ChatEvent> partial = List.copyOf(group);
            clear();
            partial.forEach(encodeAnew);
        }
    }

    private void clear() {
        group.clear();
        form = null;
    }
}
