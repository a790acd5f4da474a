package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mail address: {@code local@domain.tld}. References to repositories, packages and users of hosts have the same sign. */
record Email(TopLevelDomains topLevelDomains) implements Detector {

    /** RFC 5321, section 4.5.3.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_AUTHORITY = 80;

    /** What people have in addresses, of what RFC 5322 allows. */
    private static final AsciiSet LOCAL = AsciiSet.of("a-zA-Z0-9._%+'&~-");

    private static final AsciiSet AUTHORITY = LOCAL.with(AsciiSet.of(":"));

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.EMAIL);
    }

    @Override
    public List<String> anchors() {
        return List.of("@");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        char last = text.at(from - 1);
        if (!isLocal(last) || last == '.' || !isLabelStart(text, to)) {
            return null;
        }
        int start = localStart(text, from);
        if (start == from || text.at(start - 1) == '@' || isRepository(text, start, from) || isUserOfUrl(text, start)) {
            return null;
        }
        int end = domainEnd(text, to);
        return end > 0 && !isOther(text, end) ? new Match(Kind.EMAIL, "email", 0.95, start, end) : null;
    }

    private static int localStart(Window text, int at) {
        int start = at;
        while (at - start < LONGEST_LOCAL_PART && isLocal(text.at(start - 1))) {
            start--;
        }
        start += start < at && Boundary.isEscape(text, start + 1) ? 1 : 0;
        while (start < at && (text.at(start) == '.' || text.at(start) == '\'' || text.at(start) == '&')) {
            start++;
        }
        return start;
    }

    /** The user under whom everybody reaches a repository. */
    private static boolean isRepository(Window text, int start, int at) {
        return at - start == 3 && text.hasLiteral(start, "git");
    }

    private static boolean isLabelStart(Window text, int at) {
        char c = text.at(at);
        return Chars.isLetter(c) || Chars.isDigit(c) || isForeign(c) || c == '[';
    }

    /** The name before {@code @} in {@code scheme://name@host} and {@code scheme://name:password@host}. */
    private static boolean isUserOfUrl(Window text, int start) {
        int authority = text.skipBack(start, AUTHORITY, LONGEST_AUTHORITY);
        return text.at(authority - 1) == '/' && text.at(authority - 2) == '/' && text.at(authority - 3) == ':';
    }

    /** Where the longest name of a host ends; negative when there is none. */
    private int domainEnd(Window text, int from) {
        if (text.at(from) == '[') {
            int end = IpV4.end(text, from + 1);
            return end > 0 && text.at(end) == ']' ? end + 1 : -1;
        }
        int end = -1;
        int label = from;
        for (int labels = 1; label - from < LONGEST_DOMAIN; labels++) {
            int after = labelEnd(text, label);
            if (after == label || after - label > LONGEST_LABEL) {
                break;
            }
            if (labels > 1 && isTopLevel(text, label, after)) {
                end = after;
            }
            if (text.at(after) != '.') {
                break;
            }
            label = after + 1;
        }
        return end;
    }

    private static int labelEnd(Window text, int from) {
        boolean foreign = isForeign(text.at(from));
        int end = from;
        for (char c = text.at(end); isLabel(c, foreign) && end - from <= LONGEST_LABEL; c = text.at(end)) {
            end++;
        }
        return end > from && (text.at(from) == '-' || text.at(end - 1) == '-') ? from : end;
    }

    private boolean isTopLevel(Window text, int from, int to) {
        return topLevelDomains.contains(text.slice(from, to).toLowerCase(Locale.ROOT));
    }

    /** {@code git@host:path} names a repository, {@code matrix@other.dot(} calls a function, and two signs are no address. */
    private static boolean isOther(Window text, int end) {
        char after = text.at(end);
        char next = after == ':' ? text.at(end + 1) : ' ';
        boolean path = Chars.isWord(next) || next == '/' || next == '~';
        return path || after == '(' || after == '@';
    }

    private static boolean isLocal(char c) {
        return c < 128 ? LOCAL.contains(c) : c >= '\u00C0' && c < '\u0250';
    }

    /** A domain may have letters of other scripts; a label that begins in ASCII ends where another script begins. */
    private static boolean isLabel(char c, boolean foreign) {
        boolean ascii = Chars.isLetter(c) || c >= '0' && c <= '9' || c == '-';
        return ascii || c >= '\u00C0' && c < '\u0250' || foreign && isForeign(c);
    }

    private static boolean isForeign(char c) {
        return c >= 128 && c != Window.NONE && Character.isLetter(c);
    }
}
