package dev.llmgateway.compliance;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Window;
import org.jspecify.annotations.Nullable;

/**
 * Lets a text pass that arrives in pieces, and nothing of what may not. Text leaves as soon as it can be part of no finding any
 * more, mostly one word behind; of a finding, no character leaves, wherever the pieces end. Put together, what leaves is the same
 * as for the whole text in one piece.
 *
 * {@snippet :
 * StreamGate.Rules rules = StreamGate.rules(Scanner.defaults(), Actions.all(Action.REDACT));
 * StreamGate gate = rules.open();
 * while ((piece = source.read()) != null) {
 *     target.write(gate.accept(piece));
 * }
 * target.write(gate.finish());
 * }
 *
 * When the source breaks, throw the gate away and do not call {@link #finish()}: what it holds was never judged. Not thread safe.
 */
public final class StreamGate implements TextFilter {

    /** What stands in the place of a finding. */
    public static final String REDACTED = "[REDACTED]";

    private final Actions actions;
    private final FindingListener listener;
    private final TextScan scan;
    private final TextFilter.Output output;
    private final StringBuilder safe = new StringBuilder();

    private StreamGate(Rules rules, FindingListener listener, TextFilter.@Nullable Output output) {
        Window window = new Window();
        this.actions = rules.actions;
        this.listener = listener;
        this.output = output == null ? new Collected() : output;
        this.scan = new TextScan(window, rules.enforcing.tracks(window), rules.watching.tracks(window), new Sink());
    }

    /** Prepares what all gates of the same rules share; make it once. Kinds to which {@link Action#LOG_ONLY} applies hold nothing back. */
    public static Rules rules(Scanner scanner, Actions actions) {
        return new Rules(scanner, actions);
    }

    /**
     * Takes the next piece and gives out what may pass by now; often some of an earlier piece, often the empty string, and
     * always the empty string when the gate was opened with an output of its own.
     *
     * @throws GatewayException.BlockedByCompliance if a finding's kind is to be blocked; the gate is of no use afterwards
     */
    @Override
    public String accept(CharSequence piece) {
        scan.accept(piece);
        return taken();
    }

    /**
     * The text has come to its end; gives out what may pass of what was held.
     *
     * @throws GatewayException.BlockedByCompliance as {@link #accept} does
     */
    @Override
    public String finish() {
        scan.finish();
        return taken();
    }

    /** How many characters are held back now. */
    public int held() {
        return scan.held();
    }

    private String taken() {
        if (safe.isEmpty()) {
            return "";
        }
        String text = safe.toString();
        safe.setLength(0);
        return text;
    }

    /** Who is told of findings. Must not throw. */
    @FunctionalInterface
    public interface FindingListener {

        /** Something was found, and this happens to it; once for each finding. */
        void found(Finding finding, Action action);
    }

    /** What gates look for and what they do then. Immutable and thread safe. */
    public static final class Rules {

        private final Actions actions;
        private final Scanner enforcing;
        private final Scanner watching;

        private Rules(Scanner scanner, Actions actions) {
            this.actions = actions;
            this.enforcing = scanner.only(it -> actions.of(it) != Action.LOG_ONLY);
            this.watching = scanner.only(it -> actions.of(it) == Action.LOG_ONLY);
        }

        /** Whether anything may be held back, which is not so when all that is found is only logged. */
        public boolean holdsBack() {
            return !enforcing.kinds().isEmpty();
        }

        /** A gate for one text. */
        public StreamGate open() {
            return open((finding, action) -> {});
        }

        /** A gate for one text that tells what it finds. */
        public StreamGate open(FindingListener listener) {
            return new StreamGate(this, listener, null);
        }

        /** A gate for one text that gives out to {@code output} instead of returning what may pass. */
        public StreamGate open(FindingListener listener, TextFilter.Output output) {
            return new StreamGate(this, listener, output);
        }
    }

    /** Keeps what may pass until the caller takes it. */
    private final class Collected implements TextFilter.Output {

        @Override
        public void pass(char[] chars, int from, int length) {
            safe.append(chars, from, length);
        }

        @Override
        public void replace(char[] chars, int from, int length, String instead) {
            safe.append(instead);
        }
    }

    private final class Sink implements TextScan.Sink {

        private String instead = "";

        @Override
        public void text(char[] chars, int from, int length) {
            output.pass(chars, from, length);
        }

        @Override
        public void opened(Found found) {
            joined(found);
            instead = REDACTED;
        }

        @Override
        public void leftOut(char[] chars, int from, int length) {
            output.replace(chars, from, length, instead);
            instead = "";
        }

        @Override
        public void joined(Found found) {
            Kind kind = found.match().kind();
            if (actions.of(kind) == Action.BLOCK) {
                listener.found(found.finding(), Action.BLOCK);
                throw new GatewayException.BlockedByCompliance(
                        "the text contains something of the kind \"" + kind.id() + "\", which may not pass here");
            }
        }

        @Override
        public void closed(Finding finding) {
            listener.found(finding, Action.REDACT);
        }

        @Override
        public void watched(Finding finding) {
            listener.found(finding, Action.LOG_ONLY);
        }
    }
}
