package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;

/**
 * An event's memory of the wire: the form it was decoded from and its position among the events of that form. Whoever
 * builds a changed event leaves it out ({@link #NONE}), which makes the codec encode the whole group anew.
 *
 * <p>Two {@code Wire}s are always equal: how something was spelled is not part of what it says, and the records that
 * hold a wire compare by content.
 */
public final class Wire {

    /** No memory: encode from the canonical fields. */
    public static final Wire NONE = new Wire(null, 0);

    private final @Nullable WireForm form;
    private final int position;

    private Wire(@Nullable WireForm form, int position) {
        this.form = form;
        this.position = position;
    }

    /** The {@code position}-th (from 0) of the events decoded from {@code form}. */
    public static Wire of(WireForm form, int position) {
        return new Wire(form, position);
    }

    /** The form, or null. */
    public @Nullable WireForm form() {
        return form;
    }

    public int position() {
        return position;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wire;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return form == null ? "-" : form.dialect().label();
    }
}
