package dev.llmgateway.ir;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The recorded answers and requests among the test resources. */
public final class Fixtures {

    private Fixtures() {}

    /** The bytes of a recorded answer, for example {@code openai-tool-stream.sse}. */
    public static byte[] bytes(String name) {
        return resource("/fixtures/" + name);
    }

    /** A recorded body. */
    public static JsonNode json(String name) {
        return Json.parse(bytes(name));
    }

    /** The events of a recorded stream. */
    public static List<SseEvent> events(String name) {
        return events(bytes(name));
    }

    /** The events of a stream. */
    public static List<SseEvent> events(byte[] stream) {
        SseReader reader = new SseReader(new ByteArrayInputStream(stream), 1 << 20);
        List<SseEvent> events = new ArrayList<>();
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** The body that a real client sent, for example {@code qwen-code.json}. */
    public static byte[] clientRequest(String name) {
        return Json.write(Json.parse(resource("/client_requests/" + name)).get("body"));
    }

    private static byte[] resource(String path) {
        try (InputStream in = Fixtures.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
