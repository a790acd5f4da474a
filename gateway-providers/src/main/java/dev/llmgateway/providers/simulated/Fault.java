package dev.llmgateway.providers.simulated;

import java.time.Duration;

/**
 * A way in which a provider breaks. Where a fault speaks of events and the client did not ask for a stream, the body is
 * broken in its middle instead. A refused connection is not here: close the server, or use a port nobody listens on.
 */
public sealed interface Fault {

    /** This fault as a reply, to be enqueued. */
    default Reply asReply() {
        return new Reply.Broken(this);
    }

    /** Reads the request and says nothing. */
    record StallBeforeFirstByte() implements Fault {}

    /** Says nothing more after some events. With 0 events the response's headers still arrive. */
    record StallMidStream(int afterEvents) implements Fault {}

    /** Resets the connection (TCP RST) instead of answering. */
    record ResetBeforeHeaders() implements Fault {}

    /** Resets the connection after half of a body whose full length was announced. */
    record ResetInBody() implements Fault {}

    /** Resets the connection after some events. */
    record ResetMidStream(int afterEvents) implements Fault {}

    /** Closes the connection after some events, without the last HTTP chunk. */
    record CloseMidStream(int afterEvents) implements Fault {}

    /** Ends the response properly after some events, without the protocol's own terminator. */
    record NoTerminator(int afterEvents) implements Fault {}

    /** Sends the usual answer byte by byte. */
    record SlowDrip(Duration perByte) implements Fault {}

    /** Status 200 with a page of HTML, as a captive portal or a wrong proxy sends it. */
    record Html() implements Fault {}

    /** Status 200 and a body of no bytes; to a streaming request, an event stream without an event. */
    record EmptyBody() implements Fault {}

    /** Status 200 and the first half of the JSON, with a length that fits the half. */
    record TruncatedJson() implements Fault {}

    /** One event among the others whose data is not JSON. */
    record InvalidJsonEvent(int afterEvents) implements Fault {}

    /** The vendor's error event inside a stream that began with status 200, which then ends. */
    record ErrorEvent(int afterEvents) implements Fault {}

    /** Response headers without end (64 MiB, then the connection closes). */
    record EndlessHeaders() implements Fault {}

    /** One line of the event stream, or one JSON string, without end (64 MiB, then the connection closes). */
    record EndlessLine() implements Fault {}

    /** Bytes that are not HTTP. */
    record Garbage() implements Fault {}
}
