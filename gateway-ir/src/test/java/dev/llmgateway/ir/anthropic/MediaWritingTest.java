package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.ask;
import static dev.llmgateway.ir.anthropic.Writing.conversation;
import static dev.llmgateway.ir.anthropic.Writing.messages;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What pictures, documents and sounds become at Anthropic. */
class MediaWritingTest {

    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

    @Test
    void anImagesTypeIsTakenFromItsBytes() {
        assertThat(image(new MediaSource.Base64("image/jpeg", PNG))
                        .get("media_type")
                        .stringValue())
                .isEqualTo("image/png");
        assertThat(image(new MediaSource.Url("data:image/jpeg;base64," + PNG)))
                .isEqualTo(json("{'type':'base64','media_type':'image/png','data':'" + PNG + "'}"));
        assertThat(image(new MediaSource.Base64("image/jpg", "/9j/4AAQSkZJRgABAQAAAQABAAD"))
                        .get("media_type")
                        .stringValue())
                .isEqualTo("image/jpeg");
    }

    private static JsonNode image(MediaSource source) {
        return messages(new Message(Role.USER, List.of(new Content.Image(source))))
                .get(0)
                .get("content")
                .get(0)
                .get("source");
    }

    @Test
    void whatAnthropicCannotSeeIsRefusedNotDropped() {
        assertRefused("messages[].content[]", user(new Content.Image(new MediaSource.Base64("image/tiff", "AAAA"))));
        assertRefused(
                "messages[].content[]",
                user(new Content.Audio(new MediaSource.Base64("audio/wav", "AAAA"), "wav", Extras.NONE)));
        assertRefused(
                "messages[].content[]",
                user(new Content.Document(new MediaSource.FileId("file-1", Dialect.OPENAI_CHAT), null, Extras.NONE)));
        assertRefused(
                "messages[].content[]",
                user(new Content.Document(new MediaSource.Base64("application/zip", "AAAA"), null, Extras.NONE)));
        assertRefused("n", ask().choiceCount(2));
        assertThatThrownBy(() -> write(
                        user(new Content.Image(new MediaSource.Url("https://e/x.png"))),
                        t -> t.acceptsImageUrls(false)))
                .isInstanceOf(UntranslatableException.class);
    }

    private static ChatRequest.Builder user(Content part) {
        return conversation(new Message(Role.USER, List.of(part)));
    }

    private static void assertRefused(String param, ChatRequest.Builder request) {
        assertThatThrownBy(() -> write(request))
                .isInstanceOfSatisfying(
                        UntranslatableException.class,
                        e -> assertThat(e.param()).isEqualTo(param));
    }

    @Test
    void filesBecomeDocuments() {
        assertThat(document(new MediaSource.Base64("application/pdf", "JVBERi0xLjQK"), "a.pdf"))
                .isEqualTo(json(
                        "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0xLjQK'},"
                                + "'title':'a.pdf'}"));
        assertThat(document(new MediaSource.Base64("text/csv", "YSxi"), "t.csv"))
                .isEqualTo(json("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a,b'},"
                        + "'title':'t.csv'}"));
        assertThat(document(new MediaSource.Base64("image/png", PNG), "i.png")
                        .get("type")
                        .stringValue())
                .isEqualTo("image");
    }

    private static JsonNode document(MediaSource source, String name) {
        return messages(new Message(Role.USER, List.of(new Content.Document(source, name, Extras.NONE))))
                .get(0)
                .get("content")
                .get(0);
    }
}
