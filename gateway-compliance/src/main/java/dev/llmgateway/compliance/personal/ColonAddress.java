package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written in hexadecimal groups with colons: IPv6 addresses and hardware addresses; asked at the first colon. */
record ColonAddress(Set<Kind> kinds) implements Detector {

    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final int LONGEST_ZONE = 16;

    @Override
    public List<String> anchors() {
        return List.of(":");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        char after = text.at(to);
        if (!Chars.isHex(after) && after != ':') {
            return null;
        }
        int start = from;
        while (from - start < GROUP_DIGITS && Chars.isHex(text.at(start - 1))) {
            start--;
        }
        char before = text.at(start - 1);
        if (before == ':'
                || before == '.'
                || before == '-'
                || Chars.isWord(before) && !Boundary.isEscape(text, start)) {
            return null;
        }
        if (start == from && after != ':') {
            return null;
        }
        Match mac =
                from - start == 2 && kinds.contains(Kind.MAC_ADDRESS) ? MacAddress.match(text, start, 2, ':') : null;
        return mac == null && kinds.contains(Kind.IP_ADDRESS) ? ipV6(text, start) : mac;
    }

    /** RFC 4291, section 2.2; the zone as in RFC 4007. */
    private static @Nullable Match ipV6(Window text, int start) {
        Reader reader = new Reader(text, start);
        int end = reader.end();
        boolean good = end > 0 && !isCode(text, start, end, reader);
        return good ? new Match(Kind.IP_ADDRESS, "ipv6", 0.9, start, zoneAndPrefix(text, end)) : null;
    }

    private static int zoneAndPrefix(Window text, int end) {
        int at = end;
        if (text.at(end) == '%' && Chars.isWord(text.at(end + 1))) {
            at = end + 1;
            while (at - end <= LONGEST_ZONE && (Chars.isWord(text.at(at)) || text.at(at) == '-')) {
                at++;
            }
        }
        return IpV4.prefixEnd(text, at, 128);
    }

    /** Names of a programming language's scopes, and slices such as {@code a[:, ::2]}. */
    private static boolean isCode(Window text, int start, int end, Reader reader) {
        char before = text.at(start - 1);
        char beforeBracket = text.at(start - 2);
        boolean slice = before == '[' && (Chars.isWord(beforeBracket) || beforeBracket == ')' || beforeBracket == ']');
        boolean network = text.at(end) == '/';
        boolean bare = reader.compressedAtEnd && reader.groups == 1 && !network;
        boolean words = !reader.hasDigit && reader.groups < 3;
        boolean loopback = end - start == 3 && text.at(start + 2) == '1';
        boolean steps = reader.longest < 3 && reader.groups < 3 && !loopback && !network;
        return slice || bare || words || steps || reader.groups == 0;
    }

    /** Reads the groups; knows afterwards what it has seen. */
    private static final class Reader {

        private final Window text;
        private int at;
        private int groups;
        private boolean compressed;
        private boolean compressedAtEnd;
        private boolean hasDigit;
        private int longest;

        Reader(Window text, int start) {
            this.text = text;
            at = start;
        }

        /** Where the address ends; negative when it is none. */
        int end() {
            if (text.at(at) == ':' && !compression()) {
                return -1;
            }
            while (groups < GROUPS && Chars.isHex(text.at(at))) {
                int v4 = groups > 0 || compressed ? IpV4.end(text, at) : -1;
                if (v4 > 0) {
                    at = v4;
                    groups += 2;
                    longest = GROUP_DIGITS;
                    hasDigit = true;
                    break;
                }
                if (!group() || !colon()) {
                    return -1;
                }
            }
            return isWhole() ? at : -1;
        }

        private boolean group() {
            int from = at;
            while (at - from <= GROUP_DIGITS && Chars.isHex(text.at(at))) {
                hasDigit |= Chars.isDigit(text.at(at));
                at++;
            }
            groups++;
            longest = Math.max(longest, at - from);
            compressedAtEnd = false;
            return at - from <= GROUP_DIGITS;
        }

        /** After a group; false when what follows breaks the address. */
        private boolean colon() {
            if (text.at(at) != ':') {
                return true;
            }
            if (text.at(at + 1) == ':') {
                return compression();
            }
            if (!Chars.isHex(text.at(at + 1))) {
                return groups == GROUPS || compressed;
            }
            at++;
            return true;
        }

        private boolean compression() {
            boolean first = !compressed && text.at(at + 1) == ':' && text.at(at + 2) != ':';
            compressed = true;
            compressedAtEnd = true;
            at += 2;
            return first;
        }

        private boolean isWhole() {
            char after = text.at(at);
            boolean closed = !Chars.isWord(after)
                    && !(after == '.' && Chars.isDigit(text.at(at + 1)))
                    && !(after == ':' && Chars.isHex(text.at(at + 1)));
            return closed && (compressed ? groups < GROUPS : groups == GROUPS);
        }
    }
}
