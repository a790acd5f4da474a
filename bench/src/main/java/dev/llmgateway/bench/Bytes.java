package dev.llmgateway.bench;

import java.util.Arrays;

/** Searching in byte arrays. */
final class Bytes {
    private Bytes() {}

    /** The first position in {@code [from, to)} where {@code wanted} stands whole, or -1. */
    static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
