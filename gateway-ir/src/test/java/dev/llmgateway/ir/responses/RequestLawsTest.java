package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EncodedRequest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of requests: what is written reads back the same, and what was read goes out in its bytes. */
class RequestLawsTest {

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Requests.any();
    }

    @Property(tries = 500)
    void whatIsWrittenReadsBackTheSame(@ForAll("requests") ChatRequest request) {
        EncodedRequest encoded = CODEC.encodeRequest(request, CAPABLE);

        assertThat(CODEC.decodeRequest(encoded.body())).isEqualTo(request.withModel("capable"));
        assertThat(encoded.dropped()).isEmpty();
    }

    @Property(tries = 300)
    void readingTwiceWritesTheSameBytes(@ForAll("requests") ChatRequest request) {
        byte[] body = CODEC.encodeRequest(request, CAPABLE).body();
        ChatRequest read = CODEC.decodeRequest(body).toBuilder().build();

        assertThat(CODEC.encodeRequest(read, CAPABLE).body()).isEqualTo(body);
    }

    @Property(tries = 300)
    void anUnchangedRequestGoesOutInItsBytesButForTheModel(@ForAll("requests") ChatRequest request) {
        byte[] body = CODEC.encodeRequest(request, CAPABLE).body();
        ChatRequest read = CODEC.decodeRequest(body).withModel("alias");

        assertThat(CODEC.encodeRequest(read, CAPABLE).body()).isEqualTo(body);
        assertThat(read.wire()).isNotNull();
    }
}
