package dev.llmgateway.server.management;

import org.jspecify.annotations.Nullable;

/** A management call that cannot be done although it is well formed. The message is for the caller. */
public final class ManagementRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String param;
    private final @Nullable String code;

    private ManagementRefusal(int status, @Nullable String param, @Nullable String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /** There is no such thing: 404. */
    static ManagementRefusal notFound(String message) {
        return new ManagementRefusal(404, null, null, message);
    }

    /** It does not go together with what there is: 409. */
    static ManagementRefusal conflict(@Nullable String param, String message) {
        return new ManagementRefusal(409, param, null, message);
    }

    /** What was asked for makes no sense, although it is well formed: 422. */
    static ManagementRefusal unprocessable(String message) {
        return new ManagementRefusal(422, null, null, message);
    }

    /** What it takes is not there now: 503. */
    static ManagementRefusal unavailable(String message) {
        return new ManagementRefusal(503, null, null, message);
    }

    /** The database that it takes is not there, or there is none: 503. */
    static ManagementRefusal noDatabase(String message) {
        return new ManagementRefusal(503, null, "database_unavailable", message);
    }

    /** It took too long: 504. */
    static ManagementRefusal tooSlow(String message) {
        return new ManagementRefusal(504, null, null, message);
    }

    /** The status of HTTP that says so. */
    public int status() {
        return status;
    }

    /** The member at fault, or null. */
    public @Nullable String param() {
        return param;
    }

    /** The code of the error, for programs; null for the usual one of its status. */
    public @Nullable String code() {
        return code;
    }

    /** What is wrong, for the caller. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
