package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.Target;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of requests that hold in every format: what is written reads back the same, and what was read goes out in its bytes. */
public abstract class RequestLaws {

    private final DialectCodec codec;
    private final Target capable;

    /**
     * The laws of one format.
     *
     * @param capable takes all that the format can say
     */
    protected RequestLaws(DialectCodec codec, Target capable) {
        this.codec = codec;
        this.capable = capable;
    }

    /** Requests in normal form that the format can express. */
    @Provide
    protected abstract Arbitrary<ChatRequest> requests();

    @Property(tries = 500)
    void whatIsWrittenReadsBackTheSame(@ForAll("requests") ChatRequest request) {
        EncodedRequest encoded = codec.encodeRequest(request, capable);

        assertThat(codec.decodeRequest(encoded.body())).isEqualTo(request.withModel(capable.model()));
        assertThat(encoded.dropped()).isEmpty();
    }

    @Property(tries = 300)
    void readingTwiceWritesTheSameBytes(@ForAll("requests") ChatRequest request) {
        byte[] body = codec.encodeRequest(request, capable).body();
        ChatRequest read = codec.decodeRequest(body).toBuilder().build();

        assertThat(codec.encodeRequest(read, capable).body()).isEqualTo(body);
    }

    @Property(tries = 300)
    void anUnchangedRequestGoesOutInItsBytesButForTheModel(@ForAll("requests") ChatRequest request) {
        byte[] body = codec.encodeRequest(request, capable).body();
        ChatRequest read = codec.decodeRequest(body).withModel("alias");

        assertThat(codec.encodeRequest(read, capable).body()).isEqualTo(body);
        assertThat(read.wire()).isNotNull();
    }
}
