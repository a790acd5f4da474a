package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Bitcoin address: bech32 (BIP 173 and 350) at its prefix {@code bc1}; base 58 with a checksum is asked for at its first digit. */
record Bitcoin() implements Detector {

    private static final String BASE58_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final AsciiSet BASE58 = AsciiSet.of(BASE58_DIGITS);
    private static final int BASE58_SHORTEST = 26;
    private static final int BASE58_LONGEST = 35;
    private static final int BASE58_BYTES = 25;

    private static final String BECH32_DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32_CHECK = 1;
    private static final int BECH32M_CHECK = 0x2bc830a3;
    private static final int BECH32_SHORTEST = 42;
    private static final int BECH32_LONGEST = 90;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.CRYPTO_BTC);
    }

    @Override
    public List<String> anchors() {
        return List.of("bc1");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (!Boundary.opens(text, from)) {
            return null;
        }
        int end = text.skip(to, AsciiSet.LETTERS_DIGITS, BECH32_LONGEST);
        boolean right = end - from >= BECH32_SHORTEST && end - from <= BECH32_LONGEST && isBech32(text, to, end);
        return right ? new Match(Kind.CRYPTO_BTC, "bitcoin-bech32", 0.99, from, end) : null;
    }

    /** Whether a base 58 address begins at {@code start}. */
    static @Nullable Match base58(Window text, int start) {
        int end = text.skip(start, BASE58, BASE58_LONGEST + 1);
        boolean right = end - start >= BASE58_SHORTEST
                && end - start <= BASE58_LONGEST
                && !Chars.isWord(text.at(end))
                && isBase58(text.slice(start, end));
        return right ? new Match(Kind.CRYPTO_BTC, "bitcoin-base58", 0.99, start, end) : null;
    }

    private static boolean isBech32(Window text, int from, int end) {
        int check = 1;
        for (int value : new int[] {3, 3, 0, 2, 3}) {
            check = polymod(check, value);
        }
        for (int i = from; i < end; i++) {
            int value = BECH32_DIGITS.indexOf(Character.toLowerCase(text.at(i)));
            if (value < 0) {
                return false;
            }
            check = polymod(check, value);
        }
        return check == BECH32_CHECK || check == BECH32M_CHECK;
    }

    private static int polymod(int check, int value) {
        int next = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < BECH32_GENERATOR.length; i++) {
            next ^= (check >>> 25 + i & 1) == 0 ? 0 : BECH32_GENERATOR[i];
        }
        return next;
    }

    private static boolean isBase58(String address) {
        BigInteger number = BigInteger.ZERO;
        for (char c : address.toCharArray()) {
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(BASE58_DIGITS.indexOf(c)));
        }
        if (number.bitLength() > 8 * BASE58_BYTES) {
            return false;
        }
        byte[] bytes = new byte[BASE58_BYTES];
        byte[] written = number.toByteArray();
        int length = Math.min(written.length, BASE58_BYTES);
        System.arraycopy(written, written.length - length, bytes, BASE58_BYTES - length, length);
        byte[] hash = sha256(sha256(Arrays.copyOf(bytes, BASE58_BYTES - 4)));
        return Arrays.equals(Arrays.copyOf(hash, 4), Arrays.copyOfRange(bytes, BASE58_BYTES - 4, BASE58_BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
