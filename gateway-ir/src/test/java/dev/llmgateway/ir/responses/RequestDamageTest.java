package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No bytes make reading a request fail in an undocumented way. */
class RequestDamageTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    private static final String BODY = """
            {"model":"m","instructions":"i","max_output_tokens":9,"temperature":0.5,"stream":true,"user":"u","store":false,
            "reasoning":{"effort":"low","summary":"auto"},"text":{"verbosity":"low","format":{"type":"json_schema",
            "name":"n","schema":{"type":"object"},"strict":true}},"parallel_tool_calls":true,
            "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},
            "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false},
            {"type":"custom","name":"c","format":{"type":"text"}},{"type":"namespace","name":"n","description":"d",
            "tools":[{"type":"function","name":"g","parameters":{}}]},{"type":"web_search"}],
            "input":[{"role":"developer","content":"d"},{"type":"message","role":"user","content":[
            {"type":"input_text","text":"t","prompt_cache_breakpoint":{"mode":"explicit"}},
            {"type":"input_image","image_url":"https://example.com/a.png","detail":"low"},
            {"type":"input_file","filename":"f","file_data":"data:application/pdf;base64,AAAA"},
            {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]},
            {"type":"reasoning","id":"r","summary":[{"type":"summary_text","text":"s"}],"encrypted_content":"e"},
            {"type":"message","role":"assistant","id":"m","content":[{"type":"output_text","text":"t","annotations":[]}]},
            {"type":"function_call","call_id":"c1","name":"g","namespace":"n","arguments":"{}"},
            {"type":"custom_tool_call","call_id":"c2","name":"c","input":"x"},
            {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"o"}]},
            {"type":"custom_tool_call_output","call_id":"c2","output":"o"},{"type":"novel","x":1}]}""";

    @Property(tries = 1000)
    void noBytesMakeReadingFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        readsOrRefuses(bytes);
    }

    @Property(tries = 2000)
    void noDamageMakesReadingFailInAnotherWayThanDocumented(@ForAll int where, @ForAll("damage") String what) {
        int at = Math.floorMod(where, BODY.length());
        readsOrRefuses((BODY.substring(0, at) + what + BODY.substring(at + 1)).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void noWrongTypeMakesReadingFailInAnotherWayThanDocumented(@ForAll int which, @ForAll("damage") String what) {
        String[] pieces = BODY.split("(?<=:)|(?=[,}\\]])");
        pieces[Math.floorMod(which, pieces.length)] = what;
        readsOrRefuses(String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of(
                "null", "\"", "{}", "[]", "1e999", "-1", "0.5", "\"x\"", "\"\"", "\" \"", "true", "\\ud800", ",", "}",
                "]", "", "\u0000");
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            assertThat(CODEC.decodeRequest(bytes).messages()).isNotNull();
        } catch (InvalidRequestFormatException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }
}
