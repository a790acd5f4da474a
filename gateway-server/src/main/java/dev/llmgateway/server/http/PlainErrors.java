package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;

/** Errors of HTTP itself: no such path, no such method, a request that is none. */
final class PlainErrors {

    private PlainErrors() {}

    /**
     * The error for a status.
     *
     * @param path as the client wrote it; shown for 404 only
     */
    static ErrorAnswer of(int status, String method, String path) {
        return ErrorAnswer.of(
                switch (status) {
                    case 404 ->
                        new WireError(
                                404, Kind.NOT_FOUND, "there is no " + method + " " + shown(path), "unknown_url", null);
                    case 405 ->
                        new WireError(
                                405,
                                Kind.METHOD_NOT_ALLOWED,
                                "the method " + method + " is not allowed here",
                                "method_not_allowed",
                                null);
                    case 408 -> error(408, Kind.TIMEOUT, "the request did not arrive in time");
                    case 413 -> error(413, Kind.TOO_LARGE, "the request is too large");
                    case 414 -> error(414, Kind.INVALID_REQUEST, "the address is longer than 32 KiB");
                    case 426 -> error(426, Kind.INVALID_REQUEST, "only HTTP/1.1 is spoken here");
                    case 431 -> error(431, Kind.INVALID_REQUEST, "the headers are larger than 32 KiB");
                    case 503 -> error(503, Kind.OVERLOADED, "the gateway is starting, stopping or overloaded");
                    case 505 -> error(505, Kind.INVALID_REQUEST, "this version of HTTP is not spoken here");
                    default ->
                        status < 500
                                ? error(status, Kind.INVALID_REQUEST, "the request is not valid HTTP")
                                : error(500, Kind.SERVER, "the gateway failed internally");
                });
    }

    private static WireError error(int status, Kind kind, String message) {
        return new WireError(status, kind, message, null, null);
    }

    private static String shown(String path) {
        return path.length() <= 200 ? path : path.substring(0, 200) + "...";
    }
}
