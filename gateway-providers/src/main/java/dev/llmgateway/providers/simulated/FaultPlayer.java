package dev.llmgateway.providers.simulated;

import dev.llmgateway.providers.simulated.Reply.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Breaks answers. Most faults are the usual answer, changed. */
final class FaultPlayer {
    private static final long ENDLESS = 64L * 1024 * 1024;
    private static final int BLOCK = 16 * 1024;
    private static final String JSON = "application/json";

    private final ReplyPlayer replies;

    FaultPlayer(ReplyPlayer replies) {
        this.replies = replies;
    }

    /** Sends a broken answer; whether the connection is fit for another request. */
    boolean play(Connection connection, Turn turn, Fault fault) throws IOException {
        return switch (fault) {
            case Fault.StallBeforeFirstByte stall -> silence(connection, turn);
            case Fault.ResetBeforeHeaders reset -> ReplyPlayer.end(connection, Ending.RESET);
            case Fault.ResetInBody reset -> halfBody(connection, everything(turn), Ending.RESET);
            case Fault.StallMidStream(int events) -> cut(connection, turn, events, Ending.STALL);
            case Fault.ResetMidStream(int events) -> cut(connection, turn, events, Ending.RESET);
            case Fault.CloseMidStream(int events) -> cut(connection, turn, events, Ending.CLOSE);
            case Fault.NoTerminator(int events) -> noTerminator(connection, turn, events);
            case Fault.InvalidJsonEvent(int events) -> invalidEvent(connection, turn, events);
            case Fault.ErrorEvent(int events) -> errorEvent(connection, turn, events);
            case Fault.SlowDrip(Duration perByte) -> drip(connection, turn, perByte);
            case Fault.Html html ->
                send(connection, "text/html", "<!doctype html><title>Sign in</title><h1>Sign in</h1>");
            case Fault.EmptyBody empty -> empty(connection, turn);
            case Fault.TruncatedJson truncated -> truncated(connection, turn);
            case Fault.EndlessHeaders endless -> endlessHeaders(connection);
            case Fault.EndlessLine endless -> endlessLine(connection, turn);
            case Fault.Garbage garbage -> replies.play(connection, turn, new Reply.Raw(garbage()));
        };
    }

    private Reply usual(Turn turn) {
        return replies.usual(turn, Reply.usual());
    }

    /** Works on the prompt, for all that the client knows. */
    private boolean silence(Connection connection, Turn turn) throws IOException {
        usual(turn);
        turn.meter().begin();
        return ReplyPlayer.end(connection, Ending.STALL);
    }

    private boolean cut(Connection connection, Turn turn, int events, Ending ending) throws IOException {
        return usual(turn) instanceof Reply.Sse stream
                ? replies.play(connection, turn, stream.cut(events, ending))
                : halfBody(connection, everything(turn), ending);
    }

    private boolean noTerminator(Connection connection, Turn turn, int events) throws IOException {
        if (!(usual(turn) instanceof Reply.Sse stream)) {
            return truncated(connection, turn);
        }
        int end = 0;
        while (end < Math.min(events, stream.events().size())
                && !turn.answers().isTerminator(stream.events().get(end))) {
            end++;
        }
        return replies.play(connection, turn, stream.cut(end, Ending.COMPLETE));
    }

    private boolean invalidEvent(Connection connection, Turn turn, int events) throws IOException {
        if (!(usual(turn) instanceof Reply.Sse stream)) {
            return truncated(connection, turn);
        }
        List<String> changed = new ArrayList<>(stream.events());
        changed.add(Math.min(events, changed.size()), turn.answers().invalidEvent());
        return replies.play(connection, turn, new Reply.Sse(changed, stream.pace(), stream.headers(), Ending.COMPLETE));
    }

    private boolean errorEvent(Connection connection, Turn turn, int events) throws IOException {
        if (!(usual(turn) instanceof Reply.Sse stream)) {
            return replies.play(connection, turn, Reply.failure(500));
        }
        List<String> changed =
                new ArrayList<>(stream.cut(events, Ending.COMPLETE).events());
        changed.add(turn.answers().errorEvent(changed.size()));
        return replies.play(connection, turn, new Reply.Sse(changed, stream.pace(), stream.headers(), Ending.COMPLETE));
    }

    private static boolean halfBody(Connection connection, byte[] response, Ending ending) throws IOException {
        int bodyStart = bodyStart(response);
        connection.write(Arrays.copyOf(response, bodyStart + (response.length - bodyStart) / 2));
        switch (ending) {
            case COMPLETE, CLOSE -> connection.close();
            case RESET -> connection.reset();
            case STALL -> connection.stall();
        }
        return false;
    }

    private static int bodyStart(byte[] response) {
        return new String(response, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    }

    private boolean drip(Connection connection, Turn turn, Duration perByte) throws IOException {
        for (byte value : everything(turn)) {
            connection.write(new byte[] {value});
            connection.pause(perByte);
        }
        return true;
    }

    /** The usual answer's whole response, a stream included; it is made, whatever of it is sent. */
    private byte[] everything(Turn turn) {
        Reply usual = usual(turn);
        turn.meter().madeAll();
        return switch (usual) {
            case Reply.Json json -> ReplyPlayer.whole(json);
            case Reply.Sse stream -> {
                byte[] body = String.join("", stream.events()).getBytes(StandardCharsets.UTF_8);
                yield ResponseBytes.whole(200, "text/event-stream", stream.headers(), body);
            }
            case Reply other -> throw new IllegalStateException("not a usual answer: " + other);
        };
    }

    private boolean empty(Connection connection, Turn turn) throws IOException {
        return usual(turn) instanceof Reply.Sse stream
                ? replies.play(connection, turn, stream.cut(0, Ending.COMPLETE))
                : send(connection, JSON, "");
    }

    private boolean truncated(Connection connection, Turn turn) throws IOException {
        byte[] whole = everything(turn);
        int from = bodyStart(whole);
        String body = new String(whole, from, (whole.length - from) / 2, StandardCharsets.UTF_8);
        return send(connection, JSON, body);
    }

    private static boolean send(Connection connection, String type, String body) throws IOException {
        connection.write(ResponseBytes.whole(200, type, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    private static boolean endlessHeaders(Connection connection) throws IOException {
        connection.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] line = ("x-endless: " + "h".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < ENDLESS; sent += line.length) {
            connection.write(line);
        }
        return false;
    }

    private boolean endlessLine(Connection connection, Turn turn) throws IOException {
        boolean stream = usual(turn) instanceof Reply.Sse;
        String type = stream ? "text/event-stream" : JSON;
        String start = stream ? "data: {\"id\":\"" : "{\"id\":\"";
        connection.write(ResponseBytes.chunkedHead(200, type, Map.of()));
        connection.write(ResponseBytes.chunk(start));
        byte[] block = ResponseBytes.chunk("x".repeat(BLOCK));
        for (long sent = 0; sent < ENDLESS; sent += BLOCK) {
            connection.write(block);
        }
        return false;
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[2048];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        return bytes;
    }
}
