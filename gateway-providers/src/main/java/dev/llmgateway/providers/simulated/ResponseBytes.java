package dev.llmgateway.providers.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** HTTP/1.1 responses as bytes, so that each leaves in a single write. */
final class ResponseBytes {
    /** The chunk that ends a chunked body. */
    static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ResponseBytes() {}

    /** A response with its length. */
    static byte[] whole(int status, String contentType, Map<String, String> headers, byte[] body) {
        return join(head(status, contentType, headers, "content-length: " + body.length), body);
    }

    /** The head of a chunked response. */
    static byte[] chunkedHead(int status, String contentType, Map<String, String> headers) {
        return head(status, contentType, headers, "transfer-encoding: chunked");
    }

    /** One chunk of a chunked response. */
    static byte[] chunk(byte[] data, int from, int length) {
        byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(data, from, chunk, size.length, length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /** One event as one chunk. */
    static byte[] chunk(String event) {
        byte[] data = event.getBytes(StandardCharsets.UTF_8);
        return chunk(data, 0, data.length);
    }

    /** One array after the other. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(1024);
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] head(int status, String contentType, Map<String, String> headers, String framing) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\ncontent-type: ")
                .append(contentType)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append(framing).append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String reason(int status) {
        if (status < 300) {
            return "OK";
        }
        return status < 500 ? "Refused" : "Failed";
    }
}
