package dev.llmgateway.providers.simulated;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words that make the provider misbehave without a line of code, see {@link SimulatedProvider}. */
final class Commands {
    private static final Pattern WORD =
            Pattern.compile("\\bsim-(?<command>[a-z0-9]+(?:-[a-z0-9]+)*?)(?<streams>-streamed)?(?!-?[a-z0-9])");
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

    private Commands() {}

    /** The reply commanded by the model's name or by the last user message, or null. */
    static @Nullable Reply find(Prompt prompt) {
        boolean stream = prompt.output().stream();
        Reply byModel = in(prompt.model(), stream);
        return byModel != null ? byModel : in(prompt.input().userText(), stream);
    }

    private static @Nullable Reply in(String text, boolean stream) {
        if (!text.contains("sim-")) {
            return null;
        }
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (word.group("streams") != null && !stream) {
                continue;
            }
            String command = word.group("command");
            if (STATUS.matcher(command).matches()) {
                return Reply.failure(Integer.parseInt(command));
            }
            Reply reply = REPLIES.get(command);
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }
}
