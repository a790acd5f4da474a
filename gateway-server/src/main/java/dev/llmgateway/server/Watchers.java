package dev.llmgateway.server;

import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.spi.RecordSink;

/**
 * Who is told of a gateway's calls.
 *
 * @param own whether the gateway keeps accounts of its own: records, metrics and what it logs of calls
 * @param listener is told what happens, after the gateway's own listeners
 * @param log is given the records, when there are any
 */
record Watchers(boolean own, GatewayListener listener, RecordSink log) {

    /** Nobody. */
    static final Watchers NONE = new Watchers(false, GatewayListener.NOBODY, RecordSink.NOWHERE);

    /** The gateway itself, and these. */
    static Watchers usual(GatewayListener listener, RecordSink log) {
        return new Watchers(true, listener, log);
    }
}
