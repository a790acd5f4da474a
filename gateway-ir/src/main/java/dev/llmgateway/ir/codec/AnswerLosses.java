package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.WireForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Names what of an answer has no place in its caller's format: {@code answer.} and what the provider calls it, {@code
 * answer.logprobs} or {@code answer.citations[].page_location}; of a reason to stop that has no word there also the reason, {@code
 * answer.stop_reason=pause_turn}. What a format says in its own words is not lost, and neither are numbers and states that only the
 * provider's own format needs. Costs nothing where nothing is lost. For one answer and one thread, but
 * {@link #names} may be asked from any.
 */
public final class AnswerLosses {

    /** Remembers, among a Chat request's extras, that its caller reads one {@code function_call} in place of tool calls. */
    public static final String ONE_FUNCTION_CALL = "functions";

    /** What an extra's name begins with that stands beside the choices of an answer of Chat. */
    public static final String BESIDE_CHOICES = "answer";

    private static final String START = BESIDE_CHOICES + ".";
    private static final String MORE = "...";
    private static final String TIME = "_time";
    private static final String STOP_REASON = "stop_reason";
    private static final String FINISH_REASON = "finish_reason";
    private static final String LOST_SOURCE = UrlCitation.ANNOTATIONS + "[]." + UrlCitation.OF_OPENAI;
    static final int MOST = 32;
    static final int LONGEST = 100;

    /** How a dialect itself spells or numbers what travels in another place, and how long a vendor's machine took. */
    private static final Set<String> SPELLING = Set.of(
            "id",
            "status",
            ResponsesMembers.OF_MESSAGE + "id",
            ResponsesMembers.OF_MESSAGE + "status",
            "summary",
            "content",
            "namespace",
            "timings",
            "time_info",
            FreeTextCalls.MARK,
            Logprobs.NAME,
            Logprobs.CUT,
            ResponsesMembers.UNSHOWN_REASONING);

    /** What members of Anthropic's usage say that are always there. */
    private static final Map<String, Set<String>> USUAL_OF_USAGE =
            Map.of("speed", Set.of("standard"), "inference_geo", Set.of("global", "not_available"));

    /** Anthropic's own events of which only members are lost. */
    private static final Set<String> KNOWN_EVENTS = Set.of("message_delta", "message_stop");

    /** A reason is told with its name only if nothing else can hide in it. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final @Nullable Dialect caller;
    private final boolean oneCall;
    /** Copied when it grows, which is seldom: one who ends the call from another thread may read it. */
    private volatile List<String> names = List.of();

    private int calls;
    private boolean hasText;
    private boolean tellsText;
    private boolean isCitedByChat;
    /** Whether anything was written anew. */
    private boolean isAnew;

    /** What the caller does not read of its own format; null when it reads events. */
    private final @Nullable OwnFrames own;
    /** Which sources an Anthropic client can be told; others are told all. */
    private final @Nullable CitedTexts cited;

    /** Watches the answer to {@code request}; nothing is lost for one that was built in code. */
    public AnswerLosses(ChatRequest request) {
        this(request, request.stream());
    }

    private AnswerLosses(ChatRequest request, boolean inTurn) {
        caller = request.dialect();
        oneCall = request.extras().member(OPENAI_CHAT, ONE_FUNCTION_CALL) != null;
        own = caller == null ? null : new OwnFrames(request, caller, inTurn);
        cited = caller == ANTHROPIC_MESSAGES ? new CitedTexts(inTurn, new Sources()) : null;
    }

    /** What a complete answer loses. */
    public static List<String> of(ChatResponse response, ChatRequest request) {
        AnswerLosses losses = new AnswerLosses(request, false);
        ResponseUnfolder.unfold(response).forEach(losses::accept);
        return losses.names();
    }

    /** Takes the next event of a stream. */
    public void accept(ChatEvent event) {
        boolean isOwn = isOwn(event.wire().form());
        if (own != null) {
            own.accept(event);
        }
        if (cited != null && !isOwn) {
            cited.accept(event);
        }
        isAnew |= !isOwn && isWritten(event);
        boolean isWrittenAgain = isAnew && caller == OPENAI_RESPONSES && event instanceof ChatEvent.Finished;
        if (event instanceof ChatEvent.Delta || isOwn && !isWrittenAgain) {
            tellsText |= event instanceof ChatEvent.TextDelta;
            return;
        }
        switch (event) {
            case ChatEvent.PartStarted start -> part(start.choice(), start.initial());
            case ChatEvent.VendorDelta delta -> vendorDelta(delta);
            case ChatEvent.Finished end -> end(end.choice(), end.reason(), end.extras(), end.stopSequence());
            case ChatEvent.Vendor vendor ->
                vendor(vendor.extras(), vendor.wire().form());
            case ChatEvent.Started ignored -> {}
            case ChatEvent.Delta ignored -> {}
            case ChatEvent.TokenAttached ignored -> {}
            case ChatEvent.PartEnded ignored -> {}
            case ChatEvent.UsageReported report -> usage(report);
            case ChatEvent.Ping ignored -> {}
        }
    }

    /** Anthropic alone tells tokens that are kept for an hour, which cost more, from those that are kept for five minutes. */
    private void usage(ChatEvent.UsageReported report) {
        foreign(report.extras());
        if (caller != ANTHROPIC_MESSAGES && report.usage().cacheWrite1h() > 0) {
            add("usage.cache_creation.ephemeral_1h_input_tokens");
        }
    }

    /** Whether something is written of an event whose bytes do not go out; of one that only its vendor knows there is not. */
    private static boolean isWritten(ChatEvent event) {
        boolean isVendors =
                event instanceof ChatEvent.Vendor vendor && vendor.wire().form() != null;
        return !(isVendors || event instanceof ChatEvent.Ping || event instanceof ChatEvent.UsageReported);
    }

    /** The names so far, each once; at most a few dozen. */
    public List<String> names() {
        List<String> all = names;
        for (String unread : own == null ? List.<String>of() : own.names()) {
            all = isSpelling(unread) ? all : with(all, unread);
        }
        return all;
    }

    private boolean isOwn(@Nullable WireForm form) {
        return own == null || own.mayPass(form);
    }

    private void add(String name) {
        names = with(names, name);
    }

    private static List<String> with(List<String> names, String name) {
        String lost = START + (name.length() > LONGEST ? name.substring(0, LONGEST) + MORE : name);
        if (names.size() > MOST || names.contains(lost)) {
            return names;
        }
        String next = names.size() < MOST ? lost : BESIDE_CHOICES + MORE;
        return Stream.concat(names.stream(), Stream.of(next)).toList();
    }

    private void part(int choice, Content part) {
        if (choice > 0 && caller != OPENAI_CHAT) {
            add("choices[]");
            return;
        }
        switch (part) {
            case Content.Vendor vendor -> {
                if (vendor.dialect() != caller) {
                    add(typeOf(vendor.json()));
                }
            }
            case Content.ToolCall call -> {
                calls++;
                if (oneCall && calls > 1) {
                    add("tool_calls[]");
                }
                foreign(call.extras());
            }
            case Content.Text text -> {
                hasText = true;
                foreign(text.extras());
            }
            case Content.Refusal refusal -> foreign(refusal.extras());
            case Content.Reasoning reasoning -> foreign(reasoning.extras());
            case Content.Image ignored -> add("image");
            case Content.Document ignored -> add("document");
            case Content.Audio ignored -> add("audio");
            case Content.ToolResult ignored -> add("tool_result");
            case Content.Numbers ignored -> {}
        }
    }

    private void vendorDelta(ChatEvent.VendorDelta delta) {
        boolean isToldElsewhere =
                delta.delta().has("partial_json") || typeOf(delta.delta()).equals(SummaryParts.BREAK);
        if (delta.dialect() == caller || isToldElsewhere || delta.choice() > 0 && caller != OPENAI_CHAT) {
            return;
        }
        isCitedByChat |= delta.dialect() == OPENAI_CHAT;
        if (delta.dialect() == ANTHROPIC_MESSAGES && !delta.delta().has("citation")) {
            add(typeOf(delta.delta()));
        } else {
            citation(delta.dialect(), delta.delta());
        }
    }

    /** An event of a kind that is new; in Responses such events repeat what others tell, and Chat has no kinds. */
    private void vendor(Extras extras, @Nullable WireForm form) {
        foreign(extras);
        if (form != null && form.dialect() == ANTHROPIC_MESSAGES && form.eventName() != null) {
            if (!KNOWN_EVENTS.contains(form.eventName())) {
                add(form.eventName());
            }
        }
    }

    private void end(int choice, StopReason reason, Extras extras, @Nullable String stopSequence) {
        if (choice > 0 && caller != OPENAI_CHAT) {
            return;
        }
        foreign(extras);
        if (caller == OPENAI_RESPONSES) {
            ofResponses(extras);
        }
        if (isCitedByChat && !tellsText && caller == OPENAI_RESPONSES) {
            // There is no text that they could be of.
            add(LOST_SOURCE);
        }
        boolean isCut = extras.member(OPENAI_RESPONSES, Logprobs.CUT) != null;
        boolean hasPlace = caller == OPENAI_CHAT || caller == OPENAI_RESPONSES && hasText;
        if (isCut || !hasPlace && !Logprobs.of(extras).isEmpty()) {
            add(Logprobs.NAME);
        }
        if (caller != OPENAI_CHAT && !extras.isEmpty()) {
            Logprobs.others(extras, this::add);
        }
        JsonNode unshown = extras.member(OPENAI_RESPONSES, ResponsesMembers.UNSHOWN_REASONING);
        if (unshown != null) {
            add("reasoning." + unshown.stringValue(""));
        }
        if (stopSequence != null && caller != ANTHROPIC_MESSAGES) {
            add("stop_sequence");
        }
        if (reason == StopReason.PAUSE_TURN && caller != ANTHROPIC_MESSAGES) {
            add(STOP_REASON + "=pause_turn");
        }
        if (reason == StopReason.CONTEXT_WINDOW_EXCEEDED && caller != ANTHROPIC_MESSAGES) {
            // Told as the output limit, which a larger one would not move.
            add(STOP_REASON + "=model_context_window_exceeded");
        }
    }

    /**
     * What nobody knows of Responses, whose streams are written anew from the first change on, and whose last event tells the whole
     * answer.
     */
    private void ofResponses(Extras extras) {
        Map<String, JsonNode> members = extras.of(OPENAI_RESPONSES);
        JsonNode names = members.get(Untold.MARK);
        if (names != null && isAnew) {
            names.propertyNames().stream()
                    .filter(it -> !members.containsKey(it))
                    .forEach(this::untold);
        }
    }

    private void foreign(Extras extras) {
        if (extras.members().isEmpty()) {
            return;
        }
        for (Map.Entry<Dialect, Map<String, JsonNode>> of : extras.members().entrySet()) {
            if (of.getKey() != caller) {
                of.getValue().forEach((name, value) -> member(of.getKey(), name, value));
            }
        }
    }

    private void member(Dialect dialect, String name, JsonNode value) {
        if (name.equals(Untold.MARK)) {
            value.propertyNames().forEach(this::untold);
        } else if (name.equals(UrlCitation.listIn(dialect))) {
            value.values().forEach(entry -> citation(dialect, entry));
        } else if (OtherCounts.isOne(name)) {
            ofUsage(name, value);
        } else if (!value.isEmpty() || value.isValueNode()) {
            String own = name.startsWith(START) ? name.substring(START.length()) : name;
            if (!isSpelling(own) && !isTold(dialect, own, value)) {
                boolean isReason = own.equals(STOP_REASON) || own.equals(FINISH_REASON);
                String word = value.stringValue("");
                add(isReason && WORD.matcher(word).matches() ? own + "=" + word : own);
            }
        }
    }

    private void untold(String name) {
        if (!isSpelling(name)) {
            add(name);
        }
    }

    private static boolean isSpelling(String name) {
        return SPELLING.contains(name);
    }

    /** A member of the usage; of one that has several counts, those that count something. How long it took is none. */
    private void ofUsage(String name, JsonNode value) {
        String own = name.substring(OtherCounts.USAGE.length());
        boolean isUsual = own.equals(ServiceTier.NAME)
                ? ServiceTier.isTold(value, ANTHROPIC_MESSAGES, caller)
                : USUAL_OF_USAGE.getOrDefault(own, Set.of()).contains(value.stringValue(""));
        if (value.isObject()) {
            value.forEachEntry((count, of) -> {
                if (OtherCounts.tellsSomething(of)) {
                    add(name + "." + count);
                }
            });
        } else if (!isUsual && !own.endsWith(TIME) && OtherCounts.tellsSomething(value)) {
            add(name);
        }
    }

    /** Whether the caller is told in another place, or there is nothing to tell. */
    private boolean isTold(Dialect dialect, String name, JsonNode value) {
        return switch (name) {
            case ServiceTier.NAME -> dialect != ANTHROPIC_MESSAGES && ServiceTier.isTold(value, dialect, caller);
            case "caller" -> typeOf(value).equals("direct") && value.size() == 1;
            // Some who speak Chat tell so which stop sequence was hit, or by a number which of their own.
            case STOP_REASON -> dialect == OPENAI_CHAT;
            default -> false;
        };
    }

    /** A source of one of the kinds that a format has; only pages of the web are in all. */
    private void citation(Dialect dialect, JsonNode entry) {
        JsonNode citation = entry.has("citation") ? entry.path("citation") : entry;
        String list = UrlCitation.listIn(dialect) + "[].";
        if (UrlCitation.read(dialect, entry) == null) {
            add(list + typeOf(citation));
            return;
        }
        if (dialect == ANTHROPIC_MESSAGES
                && !citation.path("cited_text").stringValue("").isEmpty()) {
            add(list + "cited_text");
        }
        UrlCitation.others(dialect, entry, name -> add(list + name));
    }

    /** Pages of the web for an Anthropic client, whose format says what text they are about and not the place in it. */
    private final class Sources implements CitedTexts.Reader {
        @Override
        public void told(int part, UrlCitation citation) {
            add(UrlCitation.ANNOTATIONS + "[].start_index");
        }

        @Override
        public void lost(UrlCitation citation) {
            add(LOST_SOURCE);
        }
    }

    private static String typeOf(JsonNode json) {
        return json.path("type").stringValue("part");
    }
}
