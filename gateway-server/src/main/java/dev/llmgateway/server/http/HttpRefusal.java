package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;

/** A request that the HTTP side refuses before it becomes a call: too large, too slow, not allowed. */
final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorAnswer answer;

    HttpRefusal(ErrorAnswer answer) {
        super(answer.error().message(), null, false, false);
        this.answer = answer;
    }

    /** A mistake in a header or in the address: 400. */
    static HttpRefusal badRequest(String param, String message) {
        return new HttpRefusal(ErrorAnswer.of(
                new WireError(400, WireError.Kind.INVALID_REQUEST, param + ": " + message, null, param)));
    }

    /** Something that is not there: 404. */
    static HttpRefusal notFound(String message) {
        return new HttpRefusal(ErrorAnswer.of(new WireError(404, WireError.Kind.NOT_FOUND, message, null, null)));
    }

    /** An answer in a form that there is not: 406. */
    static HttpRefusal notAcceptable(String message) {
        return new HttpRefusal(ErrorAnswer.of(
                new WireError(406, WireError.Kind.INVALID_REQUEST, "accept: " + message, null, "accept")));
    }

    /** A management call from another machine: 403. */
    static HttpRefusal thisMachineOnly(String remedy) {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                403, WireError.Kind.PERMISSION, "this is for callers on the same machine; " + remedy, null, null)));
    }

    /** A call without a scope that it needs: 403. */
    static HttpRefusal missingScope(String header, String scope) {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                403,
                WireError.Kind.PERMISSION,
                "this needs the scope " + scope + ": send \"" + header + ": " + scope + "\"",
                null,
                header)));
    }

    /** A body larger than is allowed: 413. */
    static HttpRefusal bodyTooLarge(long limit) {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                        413,
                        WireError.Kind.TOO_LARGE,
                        "the body is larger than the " + limit + " bytes that server.max_body_bytes allows",
                        null,
                        null))
                .endsConnection());
    }

    /** A request that would be larger than a body may be if it held the items that it refers to: 413. */
    static HttpRefusal tooLargeWithItems(long limit) {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                413,
                WireError.Kind.TOO_LARGE,
                "with the items that it refers to the input is larger than the " + limit
                        + " bytes that server.max_body_bytes allows",
                null,
                "input")));
    }

    /** A body in a coding that is not undone here: 415. */
    static HttpRefusal compressedBody() {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                        415,
                        WireError.Kind.INVALID_REQUEST,
                        "content-encoding: compressed bodies are not read; send the JSON as it is",
                        null,
                        "content-encoding"))
                .endsConnection());
    }

    /** A body that did not come in time: 408. */
    static HttpRefusal bodyTooSlow() {
        return new HttpRefusal(ErrorAnswer.of(
                        new WireError(408, WireError.Kind.TIMEOUT, "the body did not arrive in time", null, null))
                .endsConnection());
    }

    /** A body that ended early or was no body: 400. */
    static HttpRefusal brokenBody() {
        return new HttpRefusal(ErrorAnswer.of(new WireError(
                        400, WireError.Kind.INVALID_REQUEST, "the body broke off before its announced end", null, null))
                .endsConnection());
    }

    /** No memory left for another large body: 503. */
    static HttpRefusal tooManyLargeBodies() {
        WireError error = new WireError(
                503, WireError.Kind.OVERLOADED, "too many large requests at a time: try again in a moment", null, null);
        return new HttpRefusal(ErrorAnswer.of(error).with("retry-after", "1"));
    }

    /** What the client is told. */
    ErrorAnswer answer() {
        return answer;
    }
}
