package dev.llmgateway.ir.golden;

import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of Chat with calls that run side by side, in whatever pieces.
 *
 * @param calls in the order in which they begin
 * @param chunks without the last ones, which tell the end
 */
record CalledStream(List<Call> calls, List<Chunk> chunks) {

    /** The tool whose input is free text: a provider that only has functions puts it into an object. */
    static final String PATCH = "apply_patch";

    static final List<String> NAMES = List.of("look", PATCH, "agents__spawn");

    private static final List<String> ARGUMENTS =
            List.of("{}", "{\"city\":\"Tromsø \uD83C\uDF28\"}", "{ \"a\": [1, {\"b\": null}], \"a\\\"\": \"\" }");

    private static final List<String> TEXTS = List.of("", "*** Begin", "line\n\"quoted\" \\ \uD83D\uDE00 {\"raw\":1}");

    /**
     * A call.
     *
     * @param arguments null when the provider does not tell any
     * @param late whether its id comes in a later chunk than its name
     */
    record Call(String id, String name, @Nullable String arguments, boolean late) {

        boolean isPatch() {
            return name.equals(PATCH);
        }

        private ObjectNode json() {
            ObjectNode json = Json.mapper().createObjectNode().put("type", "function");
            ObjectNode function = json.putObject("function").put("name", name);
            if (arguments != null) {
                function.put("arguments", "");
            }
            return json;
        }

        ObjectNode whole() {
            ObjectNode json = json().put("id", id);
            if (arguments != null) {
                ((ObjectNode) json.path("function")).put("arguments", arguments);
            }
            return json;
        }
    }

    /**
     * A chunk.
     *
     * @param patches whether it has a piece of a call of {@link #PATCH}
     */
    record Chunk(ObjectNode delta, boolean patches) {

        static Chunk empty() {
            return new Chunk(Json.mapper().createObjectNode(), false);
        }

        Chunk with(Call call, int index, ObjectNode piece) {
            ArrayNode pieces =
                    delta.path("tool_calls") instanceof ArrayNode known ? known : delta.putArray("tool_calls");
            pieces.add(piece.put("index", index));
            return new Chunk(delta, patches || call.isPatch());
        }

        String data() {
            return frame(delta, null);
        }
    }

    private static String frame(ObjectNode delta, @Nullable String reason) {
        ObjectNode frame = Json.mapper().createObjectNode().put("id", "c1").put("object", "chat.completion.chunk");
        ObjectNode choice = frame.put("created", 1)
                .put("model", "m")
                .put("own", "of the provider")
                .putArray("choices")
                .addObject()
                .put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        return Json.writeString(frame);
    }

    /** The data of its events, one in each line. */
    String lines() {
        List<String> lines = new ArrayList<>(chunks.stream().map(Chunk::data).toList());
        lines.add(end());
        lines.add("[DONE]");
        return String.join("\n", lines);
    }

    String end() {
        return frame(Json.mapper().createObjectNode(), calls.isEmpty() ? "stop" : "tool_calls");
    }

    /** The same calls in an answer that is no stream. */
    byte[] whole() {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("id", "c1")
                .put("created", 1)
                .put("model", "m");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", "tool_calls");
        ArrayNode all = choice.putObject("message").put("role", "assistant").putArray("tool_calls");
        calls.forEach(call -> all.add(call.whole()));
        return Json.write(body);
    }

    /** Any calls, in any pieces, one among the other, with texts and thoughts between them. */
    static Arbitrary<CalledStream> any(boolean mayBeLate) {
        Arbitrary<Boolean> late = mayBeLate ? Arbitraries.of(true, false) : Arbitraries.just(false);
        Arbitrary<Call> call = Arbitraries.of(NAMES)
                .flatMap(name -> Combinators.combine(arguments(name), late)
                        .as((arguments, isLate) -> new Call("", name, arguments, isLate)));
        return Combinators.combine(call.list().ofMaxSize(5), Arbitraries.randoms())
                .as((calls, random) -> new Cutter(numbered(calls), random).cut());
    }

    private static Arbitrary<String> arguments(String name) {
        return name.equals(PATCH)
                ? Arbitraries.of(TEXTS).map(CalledStream::wrapped)
                : Arbitraries.of(ARGUMENTS).injectNull(0.2);
    }

    static String wrapped(String text) {
        return Json.writeString(Json.mapper().createObjectNode().put("raw_arguments", text));
    }

    private static List<Call> numbered(List<Call> calls) {
        List<Call> numbered = new ArrayList<>();
        calls.forEach(call -> numbered.add(
                new Call("call_" + (char) ('a' + numbered.size()), call.name(), call.arguments(), call.late())));
        return numbered;
    }

    /** Cuts calls into pieces that come one among the other. */
    private static final class Cutter {

        private final List<Call> calls;
        private final Random random;
        private final List<Chunk> chunks = new ArrayList<>();
        private final int[] told;
        private final boolean[] named;
        private Chunk chunk = Chunk.empty();

        Cutter(List<Call> calls, Random random) {
            this.calls = calls;
            this.random = random;
            this.told = new int[calls.size()];
            this.named = new boolean[calls.size()];
        }

        CalledStream cut() {
            int begun = 0;
            List<Integer> open = new ArrayList<>();
            while (begun < calls.size() || !open.isEmpty()) {
                if (begun < calls.size() && (open.isEmpty() || random.nextInt(3) == 0)) {
                    begin(begun);
                    open.add(begun++);
                } else {
                    int at = random.nextInt(open.size());
                    if (!grow(open.get(at))) {
                        open.remove(at);
                    }
                }
                say();
            }
            next();
            return new CalledStream(calls, chunks);
        }

        private void begin(int number) {
            Call call = calls.get(number);
            ObjectNode piece = call.json();
            named[number] = !call.late();
            add(number, call.late() ? piece : piece.put("id", call.id()));
        }

        /** False when nothing of the call is left. */
        private boolean grow(int number) {
            Call call = calls.get(number);
            String all = call.arguments() == null ? "" : call.arguments();
            if (named[number] && told[number] == all.length()) {
                return false;
            }
            int points = all.codePointCount(told[number], all.length());
            int end = all.offsetByCodePoints(told[number], random.nextInt(Math.min(points, longest()) + 1));
            ObjectNode piece = Json.mapper().createObjectNode();
            if (!named[number] && (end == told[number] || random.nextBoolean())) {
                named[number] = true;
                next();
                piece.put("id", call.id());
            }
            piece.putObject("function").put("arguments", all.substring(told[number], end));
            told[number] = end;
            add(number, piece);
            return true;
        }

        private int longest() {
            return random.nextInt(4) == 0 ? Integer.MAX_VALUE - 1 : 4;
        }

        private void add(int number, ObjectNode piece) {
            chunk = chunk.with(calls.get(number), number, piece);
            if (random.nextInt(3) > 0) {
                next();
            }
        }

        private void say() {
            int what = random.nextInt(16);
            if (what < 3) {
                next();
                chunk.delta().put(what == 0 ? "reasoning_content" : "content", "Aha. ");
                if (random.nextBoolean()) {
                    next();
                }
            }
        }

        private void next() {
            if (!chunk.delta().isEmpty()) {
                chunks.add(chunk);
            }
            chunk = Chunk.empty();
        }
    }
}
