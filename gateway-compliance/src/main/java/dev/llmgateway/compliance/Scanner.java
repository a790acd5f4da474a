package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Window;
import dev.llmgateway.compliance.personal.PersonalDetectors;
import dev.llmgateway.compliance.secrets.SecretDetectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds credentials and personal data in text. One pass over the text finds the anchors of all detectors; each detector then
 * looks at a bounded stretch, so that the time is proportional to the length for every input. Immutable and thread safe; make one
 * and keep it, for making it costs some milliseconds.
 *
 * {@snippet :
 * Scanner scanner = Scanner.defaults();
 * for (Finding finding : scanner.scan(text)) {
 *     System.out.println(finding.kind().id() + " at " + finding.start());
 * }
 * String safe = scanner.redact(text); // "mail [REDACTED:email] about it"
 * }
 */
public final class Scanner {

    private final Set<Kind> kinds;
    private final List<Detector> own;
    private final List<OwnPattern> patterns;
    private final List<String> phoneRegions;
    private final Exceptions exceptions;
    private final SaltedHash hash;
    private final boolean hasDetectors;
    private final DetectorSet detectors;

    private Scanner(
            Set<Kind> kinds,
            List<Detector> own,
            List<OwnPattern> patterns,
            List<String> phoneRegions,
            Exceptions exceptions,
            SaltedHash hash) {
        this.kinds = Set.copyOf(kinds);
        this.own = own;
        this.patterns =
                patterns.stream().filter(it -> kinds.contains(it.kind())).toList();
        this.phoneRegions = phoneRegions;
        this.exceptions = exceptions;
        this.hash = hash;
        List<Detector> all = new ArrayList<>(SecretDetectors.of(kinds));
        all.addAll(PersonalDetectors.of(kinds, phoneRegions));
        own.stream().filter(it -> !Collections.disjoint(it.kinds(), kinds)).forEach(all::add);
        this.hasDetectors = !all.isEmpty();
        this.detectors = new DetectorSet(all, this.kinds, exceptions, hash);
    }

    /** All built-in kinds. */
    public static Scanner defaults() {
        return builder().build();
    }

    /** Starts with all built-in kinds switched on. */
    public static Builder builder() {
        return new Builder();
    }

    /** The kinds that are looked for. */
    public Set<Kind> kinds() {
        return kinds;
    }

    /** What is in the text, in the order of the text; findings do not overlap. */
    public List<Finding> scan(CharSequence text) {
        List<Finding> findings = new ArrayList<>();
        run(text, new TextScan.Sink() {
            @Override
            public void text(char[] chars, int from, int length) {}

            @Override
            public void opened(Found found) {}

            @Override
            public void leftOut(char[] chars, int from, int length) {}

            @Override
            public void joined(Found found) {}

            @Override
            public void closed(Finding finding) {
                findings.add(finding);
            }
        });
        return List.copyOf(findings);
    }

    /** The text with {@code [REDACTED:<kind>]} in the place of every finding; the same string when there is none. */
    public String redact(String text) {
        StringBuilder safe = new StringBuilder();
        int copied = 0;
        for (Finding finding : scan(text)) {
            safe.append(text, copied, finding.start()).append(placeholder(finding.kind()));
            copied = finding.end();
        }
        return copied == 0 ? text : safe.append(text, copied, text.length()).toString();
    }

    /** What stands in the place of a finding of this kind. */
    public static String placeholder(Kind kind) {
        return "[REDACTED:" + kind.id() + "]";
    }

    private void run(CharSequence text, TextScan.Sink sink) {
        Window window = new Window();
        TextScan scan = new TextScan(window, tracks(window), List.of(), sink);
        scan.accept(text);
        scan.finish();
    }

    /** The same scanner for the kinds only that {@code wanted} picks; equal values have equal hashes in both. */
    Scanner only(Predicate<Kind> wanted) {
        return new Scanner(
                kinds.stream().filter(wanted).collect(Collectors.toSet()),
                own,
                patterns,
                phoneRegions,
                exceptions,
                hash);
    }

    /** A fresh look at the text of a window; none when nothing is looked for. */
    List<Track> tracks(Window window) {
        List<Track> tracks = new ArrayList<>();
        if (hasDetectors) {
            tracks.add(new AnchorTrack(detectors, window));
        }
        patterns.forEach(it -> tracks.add(new PatternTrack(it, exceptions, hash, window)));
        return tracks;
    }

    /** Builds a {@link Scanner}. Not thread safe. */
    public static final class Builder {

        private final Set<Kind> kinds = new HashSet<>(Kind.builtIn());
        private final List<Detector> own = new ArrayList<>();
        private List<String> phoneRegions = PersonalDetectors.PHONE_REGIONS;
        private final List<OwnPattern> patterns = new ArrayList<>();
        private final Set<String> allowed = new HashSet<>();
        private final Set<String> stopWords = new HashSet<>();

        private Builder() {}

        /** Looks for these built-in kinds instead of all. */
        public Builder kinds(Collection<Kind> wanted) {
            kinds.removeIf(Kind.builtIn()::contains);
            kinds.addAll(wanted);
            return this;
        }

        /** Does not look for these kinds. */
        public Builder without(Kind... unwanted) {
            List.of(unwanted).forEach(kinds::remove);
            return this;
        }

        /** Asks a detector of the application's own too, after the built-in ones. */
        public Builder detector(Detector detector) {
            own.add(detector);
            kinds.addAll(detector.kinds());
            return this;
        }

        /**
         * Knows the phone numbers of these countries without the country's code too, instead of those of {@link
         * PersonalDetectors#PHONE_REGIONS}; numbers that begin with {@code +} are found in any case.
         *
         * @param regions two letters each (ISO 3166), such as {@code GB}; the first that a number is valid in counts
         */
        public Builder phoneRegions(List<String> regions) {
            phoneRegions = List.copyOf(regions);
            return this;
        }

        /** Looks for matches of a pattern too that have at most 128 characters; see {@link #pattern(Kind, String, int)}. */
        public Builder pattern(Kind kind, String regex) {
            return pattern(kind, regex, 128);
        }

        /**
         * Looks for matches of a pattern too. Streams are held back by {@code maxLength - 1} characters then. A pattern that begins
         * with fixed text in one case costs little; every other costs more time than all built-in detectors together, for which a
         * {@link Detector} with an anchor is better.
         *
         * <p>A match begins at the leftmost possible place and is what RE2/J prefers within the {@code maxLength} characters from
         * there; the search goes on behind it. {@code ^} holds at the beginning of the whole text, {@code \b} looks at the
         * character before the match too. The end of those {@code maxLength} characters counts as an end of the text for {@code $}
         * and {@code \b}. Flags such as {@code (?i)} and {@code (?m)} can be set in the pattern.
         *
         * @param kind one of the application's own; several patterns may have the same
         * @param regex in the syntax of RE2, which has no look-around and no back references
         * @param maxLength of a match, in UTF-16 units, 1 to 1024
         * @throws IllegalArgumentException if the kind is a built-in one, the length is out of range, or the pattern is wrong or
         *     can match the empty string
         */
        public Builder pattern(Kind kind, String regex, int maxLength) {
            patterns.add(new OwnPattern(kind, regex, maxLength));
            kinds.add(kind);
            return this;
        }

        /** Lets these values pass, which must be equal letter by letter. */
        public Builder allow(Collection<String> values) {
            allowed.addAll(values);
            return this;
        }

        /**
         * Lets values pass that contain one of these words, in either case, if only their surroundings say that they are secret.
         * Values that are tokens by their own form are found all the same.
         */
        public Builder stopWords(Collection<String> words) {
            stopWords.addAll(words);
            return this;
        }

        /**
         * @throws IllegalArgumentException if a detector has an anchor that cannot be looked for, or there is no such phone region
         */
        public Scanner build() {
            return new Scanner(
                    kinds,
                    List.copyOf(own),
                    List.copyOf(patterns),
                    phoneRegions,
                    new Exceptions(allowed, stopWords),
                    new SaltedHash());
        }
    }
}
