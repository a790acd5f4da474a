package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacesTest {

    private static final Place PLACE = new Place("agents", "Sub-agents.", "spawn");

    private static Tool.Function tool(Place place) {
        return new Tool.Function(place.flatName(), null, null, null, Namespaces.mark(Extras.NONE, place));
    }

    @Test
    void aToolGoesByAFlatNameThatLeadsBack() {
        Namespaces namespaces = new Namespaces(new ToolUse(List.of(tool(PLACE)), null, null));

        assertThat(PLACE.flatName()).isEqualTo("agents__spawn");
        assertThat(namespaces.find("agents__spawn")).isEqualTo(PLACE);
        assertThat(namespaces.of(new Content.ToolCall("c", "agents__spawn", "{}")))
                .isEqualTo(PLACE);
        assertThat(namespaces.find("spawn")).isNull();
    }

    @Test
    void aNameThatIsTooLongIsShortenedAndStaysItsOwn() {
        Place one = new Place("n".repeat(50), null, "tool_with_a_long_name_1");
        Place other = new Place("n".repeat(50), null, "tool_with_a_long_name_2");

        assertThat(one.flatName()).hasSizeLessThanOrEqualTo(64).isNotEqualTo(other.flatName());
        assertThat(new Namespaces(new ToolUse(List.of(tool(one), tool(other)), null, null)).find(other.flatName()))
                .isEqualTo(other);
    }

    @Test
    void aNameIsLegalForAllVendorsAndStaysItsOwn() {
        Place one = new Place("my server", null, "read.file");
        Place other = new Place("my server", null, "read/file");

        assertThat(one.flatName()).matches("my_server__read_file_[0-9a-f]{8}").isNotEqualTo(other.flatName());
        assertThat(new Place("ä".repeat(60), null, "read").flatName()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(new Namespaces(new ToolUse(List.of(tool(one), tool(other)), null, null)).find(other.flatName()))
                .isEqualTo(other);
    }

    @Test
    void aCallTellsItsNamespaceItself() {
        Extras extras = Namespaces.mark(Extras.NONE, new Place("agents", null, "close"));
        Content.ToolCall call = new Content.ToolCall("c", "agents__close", "{}", null, extras);

        assertThat(new Namespaces(ToolUse.NONE).of(call)).isEqualTo(new Place("agents", null, "close"));
    }
}
