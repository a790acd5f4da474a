package dev.llmgateway.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The places of a request that differ each time it is sent; there may be none. */
final class Stamp {

    /** Stands in a request where the number belongs. */
    static final String PLACE = "0123456789ABCDEF";

    private final int[] offsets;

    private Stamp(int[] offsets) {
        this.offsets = offsets;
    }

    /** Finds the places of a request. */
    static Stamp of(byte[] request) {
        byte[] place = PLACE.getBytes(StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i + place.length <= request.length; i++) {
            if (Arrays.equals(request, i, i + place.length, place, 0, place.length)) {
                found.add(i);
            }
        }
        return new Stamp(found.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Writes a number into all places. */
    void write(long number, ByteBuffer request) {
        if (offsets.length > 0) {
            byte[] digits = HexFormat.of().toHexDigits(number).getBytes(StandardCharsets.US_ASCII);
            for (int offset : offsets) {
                request.put(offset, digits);
            }
        }
    }
}
