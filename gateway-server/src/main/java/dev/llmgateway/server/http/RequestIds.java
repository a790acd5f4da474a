package dev.llmgateway.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests: {@code req_} and 24 hexadecimal digits, unique for all practical purposes and no secret. */
final class RequestIds {

    /** The request attribute that holds the id. */
    static final String ATTRIBUTE = "dev.llmgateway.request-id";

    private RequestIds() {}

    static String next() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }
}
