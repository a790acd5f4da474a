package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Recorded data, and short ways through the codec. */
final class TestData {

    static final Target TARGET = new Target("anthropic", "claude-test", ModelTraits.anthropic());
    static final AnthropicMessagesCodec CODEC = new AnthropicMessagesCodec();

    private TestData() {}

    static byte[] resource(String path) {
        try (InputStream in = TestData.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] fixture(String name) {
        return resource("fixtures/" + name);
    }

    /** The body of a recorded client request. */
    static byte[] clientBody(String name) {
        return Json.write(
                Json.parse(resource("client_requests/" + name + ".json")).get("body"));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<SseEvent> frames(byte[] stream) {
        try {
            SseReader reader = new SseReader(new ByteArrayInputStream(stream), 1 << 20);
            List<SseEvent> frames = new ArrayList<>();
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                frames.add(event);
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ChatEvent> decode(byte[] stream) {
        EventDecoder decoder = CODEC.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        frames(stream).forEach(frame -> decoder.decode(frame, events::add));
        decoder.end(events::add);
        return events;
    }

    static ChatResponse fold(List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }

    static byte[] encode(EventEncoder encoder, List<ChatEvent> events) {
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }

    /** The data of each frame, parsed, with its event name in front. */
    static List<String> described(byte[] stream) {
        return frames(stream).stream()
                .map(frame -> frame.name() + " " + Json.parse(frame.data()))
                .toList();
    }

    static JsonNode json(byte[] body) {
        return Json.parse(body);
    }

    static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    /** JSON with single quotes for double ones. */
    static byte[] body(String text) {
        return utf8(text.replace('\'', '"'));
    }
}
