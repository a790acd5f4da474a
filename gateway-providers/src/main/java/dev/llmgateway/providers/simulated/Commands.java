package dev.llmgateway.providers.simulated;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words that make the provider misbehave without a line of code, see {@link SimulatedProvider}. Safe for use by several threads. */
final class Commands {
    private static final Pattern WORD =
            Pattern.compile("\\bsim-(?<command>[a-z0-9]+(?:-[a-z0-9]+)*?)(?<when>-streamed|-once)?(?!-?[a-z0-9])");
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
    private static final int AFTER_EVENTS = 5;
    private static final Map<String, Reply> REPLIES = Map.ofEntries(
            Map.entry("slow", Reply.usual(Pace.every(Duration.ofMillis(50)))),
            Map.entry("long", new Reply.Usual(null, 400)),
            Map.entry("stall", new Fault.StallBeforeFirstByte().asReply()),
            Map.entry("stall-midstream", new Fault.StallMidStream(AFTER_EVENTS).asReply()),
            Map.entry("reset", new Fault.ResetBeforeHeaders().asReply()),
            Map.entry("reset-body", new Fault.ResetInBody().asReply()),
            Map.entry("reset-midstream", new Fault.ResetMidStream(AFTER_EVENTS).asReply()),
            Map.entry("close-midstream", new Fault.CloseMidStream(AFTER_EVENTS).asReply()),
            Map.entry("no-terminator", new Fault.NoTerminator(AFTER_EVENTS).asReply()),
            Map.entry("drip", new Fault.SlowDrip(Duration.ofMillis(5)).asReply()),
            Map.entry("html", new Fault.Html().asReply()),
            Map.entry("empty", new Fault.EmptyBody().asReply()),
            Map.entry("truncated", new Fault.TruncatedJson().asReply()),
            Map.entry("invalid-event", new Fault.InvalidJsonEvent(AFTER_EVENTS).asReply()),
            Map.entry("error-event", new Fault.ErrorEvent(AFTER_EVENTS).asReply()),
            Map.entry("endless-headers", new Fault.EndlessHeaders().asReply()),
            Map.entry("endless-line", new Fault.EndlessLine().asReply()),
            Map.entry("garbage", new Fault.Garbage().asReply()));

    /** More texts than a test or an evening of trying things out has. */
    private static final int MOST_DONE = 10_000;

    /** Texts with a command for one request, which has come. */
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    /** The reply commanded by the model's name or by the last user message, or null. */
    @Nullable
    Reply find(Prompt prompt) {
        boolean stream = prompt.output().stream();
        Reply byModel = in(prompt.model(), stream);
        return byModel != null ? byModel : in(prompt.input().userText(), stream);
    }

    private @Nullable Reply in(String text, boolean stream) {
        if (!text.contains("sim-")) {
            return null;
        }
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            Reply reply = reply(word.group("command"));
            if (reply != null && isMeant(word.group("when"), text, stream)) {
                return reply;
            }
        }
        return null;
    }

    private static @Nullable Reply reply(String command) {
        return STATUS.matcher(command).matches() ? Reply.failure(Integer.parseInt(command)) : REPLIES.get(command);
    }

    private boolean isMeant(@Nullable String when, String text, boolean stream) {
        return switch (when) {
            case null -> true;
            case "-streamed" -> stream;
            default -> done.size() < MOST_DONE && done.add(text);
        };
    }

    /** Forgets which requests have come. */
    void clear() {
        done.clear();
    }
}
