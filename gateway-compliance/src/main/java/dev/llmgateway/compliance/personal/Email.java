package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mail address: {@code local@domain.tld}. */
record Email() implements Detector {

    /** RFC 5321, section 4.5.3.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST_DOMAIN = 255;

    private static final AsciiSet LOCAL = AsciiSet.of("a-zA-Z0-9._%+'-");
    private static final AsciiSet DOMAIN = AsciiSet.of("a-zA-Z0-9.-");

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
        int start = text.skipBack(from, LOCAL, LONGEST_LOCAL_PART);
        if (start == from) {
            return null;
        }
        int end = text.skip(to, DOMAIN, LONGEST_DOMAIN);
        while (end > to && (text.at(end - 1) == '.' || text.at(end - 1) == '-')) {
            end--;
        }
        int dot = end - 1;
        while (dot > to && text.at(dot) != '.') {
            dot--;
        }
        return dot > to && end - dot > 2 ? new Match(Kind.EMAIL, "email", 0.9, start, end) : null;
    }
}
