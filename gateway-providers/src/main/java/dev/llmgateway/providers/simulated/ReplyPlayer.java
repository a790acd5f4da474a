package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Reply.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Sends replies over connections. Stateless but for its settings; used by all connections at once. */
final class ReplyPlayer {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";
    private static final String COMPAT_PATH = "/v1beta/openai/";

    private final String name;
    private final List<String> models;
    private final Pace pace;
    private final FaultPlayer faults = new FaultPlayer(this);

    /** @param name the name in the answers' label, empty for the vendor's */
    ReplyPlayer(String name, List<String> models, Pace pace) {
        this.name = name;
        this.models = models;
        this.pace = pace;
    }

    /** Sends a reply; whether the connection is fit for another request. */
    boolean play(Connection connection, Turn turn, Reply reply) throws IOException {
        return switch (reply) {
            case Reply.Usual usual -> {
                boolean isReusable = play(connection, turn, usual(turn, usual));
                turn.meter().delivered();
                yield isReusable;
            }
            case Reply.Failure failure -> play(connection, turn, error(turn, failure));
            case Reply.Json json -> {
                if (json.status() < 400) {
                    turn.meter().madeAll();
                }
                connection.write(whole(json));
                yield true;
            }
            case Reply.Sse sse -> playEvents(connection, turn.meter(), sse);
            case Reply.Raw raw -> {
                connection.write(raw.bytes());
                yield false;
            }
            case Reply.Recorded recorded -> playRecorded(connection, recorded);
            case Reply.Broken broken -> faults.play(connection, turn, broken.fault());
        };
    }

    /** The answer to be expected of the vendor: a JSON body or a stream. */
    Reply usual(Turn turn, Reply.Usual usual) {
        Answers answers = turn.answers();
        return switch (turn.kind()) {
            case CHAT -> {
                Prompt prompt = turn.prompt();
                String label = name.isEmpty() ? answers.vendor() : name;
                Answer answer = new Answerer(label).answer(prompt, usual.words());
                turn.meter().promise(prompt, answer);
                Pace chosen = usual.pace() == null ? pace : usual.pace();
                yield answers.render(prompt, answer, turn.number(), chosen);
            }
            case COUNT_TOKENS -> answers.tokenCount(turn.prompt().input().tokens());
            case EMBEDDINGS -> Embeddings.reply(turn.request(), turn.meter());
            case MODELS -> answers.models(modelIds(turn.request()));
            case UNKNOWN -> answers.error(404, "Unknown request URL: " + turn.request());
        };
    }

    private List<String> modelIds(ReceivedRequest request) {
        return request.path().contains(COMPAT_PATH)
                ? models.stream().map(id -> "models/" + id).toList()
                : models;
    }

    private static Reply.Json error(Turn turn, Reply.Failure failure) {
        Reply.Json plain = turn.answers().error(failure.status(), failure.message());
        return new Reply.Json(plain.status(), failure.headers(), plain.body());
    }

    private boolean playEvents(Connection connection, Meter meter, Reply.Sse sse) throws IOException {
        if (!sse.events().isEmpty() || sse.ending() != Ending.COMPLETE) {
            meter.begin();
        }
        byte[] pending = ResponseBytes.chunkedHead(200, EVENTS, sse.headers());
        connection.pause(sse.pace().beforeFirst());
        boolean first = true;
        for (String event : sse.events()) {
            if (!first) {
                connection.pause(sse.pace().between());
            }
            meter.made(event);
            byte[] chunk = ResponseBytes.chunk(event);
            connection.write(first ? ResponseBytes.join(pending, chunk) : chunk);
            first = false;
        }
        if (first) {
            connection.write(pending);
        }
        return end(connection, sse.ending());
    }

    /** Ends a chunked response; whether the connection is fit for another request. */
    static boolean end(Connection connection, Ending ending) throws IOException {
        switch (ending) {
            case COMPLETE -> connection.write(ResponseBytes.LAST_CHUNK);
            case CLOSE -> connection.close();
            case RESET -> connection.reset();
            case STALL -> connection.stall();
        }
        return ending == Ending.COMPLETE;
    }

    private boolean playRecorded(Connection connection, Reply.Recorded recorded) throws IOException {
        String type = recorded.contentType();
        byte[] body = recorded.body();
        switch (recorded.delivery()) {
            case Reply.Delivery.Whole whole ->
                connection.write(ResponseBytes.whole(recorded.status(), type, recorded.headers(), body));
            case Reply.Delivery.ByEvent(Pace eventPace) ->
                playPieces(connection, recorded, Pieces.events(body), eventPace);
            case Reply.Delivery.Chunks(int size, Pace chunkPace) ->
                playPieces(connection, recorded, Pieces.ofSize(body, size), chunkPace);
        }
        return true;
    }

    private static void playPieces(Connection connection, Reply.Recorded recorded, List<byte[]> pieces, Pace pace)
            throws IOException {
        connection.pause(pace.beforeFirst());
        connection.write(ResponseBytes.chunkedHead(recorded.status(), recorded.contentType(), recorded.headers()));
        boolean first = true;
        for (byte[] piece : pieces) {
            if (!first) {
                connection.pause(pace.between());
            }
            first = false;
            connection.write(ResponseBytes.chunk(piece, 0, piece.length));
        }
        connection.write(ResponseBytes.LAST_CHUNK);
    }

    /** A JSON reply as the bytes of a response. */
    static byte[] whole(Reply.Json json) {
        Map<String, String> headers = json.headers();
        return ResponseBytes.whole(json.status(), JSON, headers, json.body().getBytes(StandardCharsets.UTF_8));
    }
}
