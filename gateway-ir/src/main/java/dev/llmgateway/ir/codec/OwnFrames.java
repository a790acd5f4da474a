package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.WireForm;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Knows, of an answer in its caller's own format, what nobody but the format knows and the caller does not read: the frames of a
 * stream that go out in their bytes keep it, those that are written anew do not, because somebody has changed a text, say. Decides
 * that as {@link FrameMemory} and the encoders do. Costs nothing where nobody has added anything to the format. For one answer and
 * one thread, but {@link #names} may be asked from any.
 */
final class OwnFrames {

    private record Part(int choice, int number) {}

    private final Dialect caller;
    private final boolean streams;
    private final boolean isLegacy;
    private final boolean showsUsage;
    private final Set<String> freeTextTools;
    /** Calls that the caller reads in other words than the provider's. */
    private final Set<Part> callsToldAnew = new HashSet<>(0);

    /** The form whose events come one by one, none of them changed, and how many have come. */
    private @Nullable WireForm form;

    private int arrived;
    private volatile boolean isWholeBody;
    /** In how many frames each name was, but for those that have gone out as they came. */
    private final Map<String, Integer> unread = new LinkedHashMap<>(0);

    /**
     * Watches an answer.
     *
     * @param streams whether the caller reads a stream
     */
    OwnFrames(ChatRequest request, Dialect caller, boolean streams) {
        this.caller = caller;
        this.streams = streams;
        this.isLegacy = request.extras().member(OPENAI_CHAT, AnswerLosses.ONE_FUNCTION_CALL) != null;
        this.showsUsage = UsageOfStreams.isWanted(request);
        this.freeTextTools = caller == OPENAI_CHAT ? FreeTextCalls.toolNames(request.toolUse()) : Set.of();
    }

    /** Whether what is decoded from this may go out as it came. */
    boolean mayPass(@Nullable WireForm of) {
        return of != null && of.dialect() == caller && of.isWholeBody() != streams && !isLegacy;
    }

    /** Takes the next event. */
    void accept(ChatEvent event) {
        follow(event);
        if (event instanceof ChatEvent.Finished end) {
            told(end.extras());
        } else if (event instanceof ChatEvent.Vendor late) {
            told(late.extras());
        }
    }

    private void follow(ChatEvent event) {
        boolean isAnew = caller == OPENAI_CHAT && isOfCallToldAnew(event);
        WireForm of = event.wire().form();
        if (of == null || of != form) {
            form = null;
            if (of == null || of.untold().isEmpty() && !of.isWholeBody() || !mayPass(of)) {
                return;
            }
            form = of;
            arrived = 0;
        }
        if (isAnew || event.wire().position() != arrived++ || isUnwantedUsage(event, of)) {
            form = null;
        } else if (arrived == of.size()) {
            form = null;
            passed(of);
        }
    }

    /** The caller of Chat has not asked for this chunk, which tells the usage alone. */
    private boolean isUnwantedUsage(ChatEvent event, WireForm of) {
        return caller == OPENAI_CHAT
                && !showsUsage
                && !of.isWholeBody()
                && of.size() == 1
                && event instanceof ChatEvent.UsageReported;
    }

    private boolean isOfCallToldAnew(ChatEvent event) {
        return switch (event) {
            case ChatEvent.PartStarted start -> {
                boolean isIt = start.initial() instanceof Content.ToolCall call
                        && (FreeTextCalls.areWrapped(call, freeTextTools)
                                || !mayPass(start.wire().form()));
                yield isIt && callsToldAnew.add(new Part(start.choice(), start.part()));
            }
            case ChatEvent.Delta delta -> isToldAnew(delta.choice(), delta.part());
            case ChatEvent.TokenAttached token -> isToldAnew(token.choice(), token.part());
            case ChatEvent.PartEnded ignored -> false;
            case ChatEvent.Started ignored -> false;
            case ChatEvent.VendorDelta ignored -> false;
            case ChatEvent.Finished ignored -> false;
            case ChatEvent.UsageReported ignored -> false;
            case ChatEvent.Ping ignored -> false;
            case ChatEvent.Vendor ignored -> false;
        };
    }

    private boolean isToldAnew(int choice, int part) {
        return !callsToldAnew.isEmpty() && callsToldAnew.contains(new Part(choice, part));
    }

    private void passed(WireForm whole) {
        if (whole.isWholeBody()) {
            isWholeBody = true;
            return;
        }
        synchronized (unread) {
            whole.untold().forEach(name -> unread.merge(name, -1, Integer::sum));
        }
    }

    /** The decoder tells how many frames had each name, those that have passed among them; of Responses it tells what is lost. */
    private void told(Extras extras) {
        JsonNode frames = caller == OPENAI_RESPONSES ? null : extras.member(caller, Untold.MARK);
        if (frames != null) {
            synchronized (unread) {
                frames.forEachEntry((name, count) -> unread.merge(name, count.intValue(0), Integer::sum));
            }
        }
    }

    /** What the caller has not read, once all of the answer has come. */
    List<String> names() {
        synchronized (unread) {
            return isWholeBody
                    ? List.of()
                    : unread.keySet().stream()
                            .filter(it -> unread.getOrDefault(it, 0) > 0)
                            .toList();
        }
    }
}
