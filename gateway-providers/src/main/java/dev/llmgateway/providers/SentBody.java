package dev.llmgateway.providers;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request's body that knows whether it has been sent, if only in part. For one call; thread safe. */
final class SentBody extends RequestBody {

    private final byte[] bytes;
    private final MediaType type;
    private volatile boolean isSent;

    SentBody(byte[] bytes, MediaType type) {
        this.bytes = bytes;
        this.type = type;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        isSent = true;
        sink.write(bytes);
    }

    boolean isSent() {
        return isSent;
    }
}
