package dev.llmgateway.providers.simulated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts recorded bytes; the pieces joined are always the whole. */
final class Pieces {
    private Pieces() {}

    /** One piece for each event: up to and with the blank line that ends it, whatever the line ends are. */
    static List<byte[]> events(byte[] body) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        boolean lineIsEmpty = false;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                if (lineIsEmpty) {
                    pieces.add(Arrays.copyOfRange(body, from, i + 1));
                    from = i + 1;
                }
                lineIsEmpty = !lineIsEmpty;
            } else if (body[i] != '\r') {
                lineIsEmpty = false;
            }
        }
        if (from < body.length) {
            pieces.add(Arrays.copyOfRange(body, from, body.length));
        }
        return pieces;
    }

    /** Pieces of the given size; the last may be shorter. */
    static List<byte[]> ofSize(byte[] body, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < body.length; from += size) {
            pieces.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
        }
        return pieces;
    }
}
