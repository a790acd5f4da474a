package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded answer, shown to a client of each dialect, streamed and whole, is what the golden file of that name says:
 * {@code golden/<fixture>.<client's dialect>.sse} and {@code .json}. Each file was checked against its fixture by reading;
 * {@code -Dgolden.rewrite=true} writes them anew, to be read again.
 */
class GoldenAnswersTest {

    private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String REQUEST_ID = "req_golden";

    /** Ids that a codec mints are random. */
    private static final String NEW_ID = "\\b(msg|resp)_[0-9a-f]{32}\\b";

    private static final String MINTED = "call_[0-9a-f]{32}";

    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec OPENAI = new OpenAiChatCodec();

    private static final byte[] CHAT_REQUEST =
            utf8("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                    + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    private static final byte[] MESSAGES_REQUEST = utf8(
            "{\"model\":\"auto\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}");

    /** What a provider said: an answer as events, or an error after some of them. */
    private record Said(List<ChatEvent> events, @Nullable WireError error) {}

    static List<String> answers() throws IOException {
        return fixtures(
                "-stream.sse",
                "-usage.sse",
                "error.sse",
                "composed.sse",
                "-cache-read.json",
                "-cache-write.json",
                "-json-schema.json",
                "-max-tokens.json",
                "-image.json",
                "-length.json",
                "-reasoning.json",
                "-refusal.json",
                "-tool.json",
                "-empty-id.json");
    }

    static List<String> errors() throws IOException {
        return fixtures("-error-401.json", "max-tokens-unsupported.json");
    }

    /** The fixtures of the two dialects; the native formats of other vendors are no business of these codecs. */
    private static List<String> fixtures(String... endings) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> Stream.of(endings).anyMatch(name::endsWith))
                    .filter(name -> !name.startsWith("gemini-native") && !name.startsWith("openai-responses"))
                    .sorted()
                    .toList();
            assertThat(names).isNotEmpty();
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void streamed(String fixture) throws IOException {
        Said said = said(fixture);
        for (DialectCodec client : List.of(ANTHROPIC, OPENAI)) {
            EventEncoder encoder = client.eventEncoder(request(client));
            SseBuffer out = new SseBuffer();
            said.events().forEach(event -> encoder.encode(event, out));
            if (said.error() == null) {
                encoder.finish(out);
            } else {
                encoder.fail(said.error(), out);
            }
            compare(fixture, client, ".sse", out.toByteArray());
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whole(String fixture) throws IOException {
        Said said = said(fixture);
        for (DialectCodec client : List.of(ANTHROPIC, OPENAI)) {
            byte[] body = said.error() == null
                    ? client.encodeResponse(folded(said.events()), request(client))
                    : client.encodeError(said.error(), REQUEST_ID);
            compare(fixture, client, ".json", body);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void error(String fixture) throws IOException {
        int status = fixture.contains("401") ? 401 : 400;
        WireError error = codec(fixture).decodeError(status, Files.readAllBytes(FIXTURES.resolve(fixture)));
        for (DialectCodec client : List.of(ANTHROPIC, OPENAI)) {
            compare(fixture, client, ".json", client.encodeError(error, REQUEST_ID));
        }
    }

    private static Said said(String fixture) throws IOException {
        byte[] bytes = Files.readAllBytes(FIXTURES.resolve(fixture));
        DialectCodec provider = codec(fixture);
        if (fixture.endsWith(".json")) {
            return new Said(ResponseUnfolder.unfold(provider.decodeResponse(bytes, target(fixture))), null);
        }
        EventDecoder decoder = provider.eventDecoder(target(fixture));
        List<ChatEvent> events = new ArrayList<>();
        SseReader reader = new SseReader(new ByteArrayInputStream(bytes), 1 << 20);
        try {
            for (SseEvent event = reader.next(); event != null && !decoder.isComplete(); event = reader.next()) {
                decoder.decode(event, events::add);
            }
            decoder.end(events::add);
        } catch (ProviderStreamException e) {
            return new Said(events, e.error());
        }
        return new Said(events, null);
    }

    private static ChatResponse folded(List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }

    private static DialectCodec codec(String fixture) {
        return fixture.startsWith("anthropic-") ? ANTHROPIC : OPENAI;
    }

    private static Target target(String fixture) {
        if (fixture.startsWith("anthropic-")) {
            return new Target("anthropic", "model", ModelTraits.anthropic());
        }
        ModelTraits.Builder traits = ModelTraits.openAi().toBuilder();
        if (fixture.startsWith("google-compat")) {
            traits.googleCompatible(true);
        } else if (fixture.startsWith("groq") || fixture.startsWith("ollama")) {
            traits.reasoningField(ModelTraits.ReasoningField.REASONING);
        }
        return new Target("provider", "model", traits.build());
    }

    private static ChatRequest request(DialectCodec client) {
        return client.decodeRequest(client.dialect() == Dialect.ANTHROPIC_MESSAGES ? MESSAGES_REQUEST : CHAT_REQUEST);
    }

    private static void compare(String fixture, DialectCodec client, String ending, byte[] actual) throws IOException {
        String text = new String(actual, StandardCharsets.UTF_8)
                .replaceAll(MINTED, "call_minted")
                .replaceAll(NEW_ID, "$1_new");
        Path golden = GOLDEN.resolve(fixture + "." + client.dialect().label() + ending);
        if (REWRITE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
