package dev.llmgateway.server.http;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One call from the moment its request was read until its answer is about to end. A client that leaves in between cancels
 * it, down to the provider's socket.
 */
final class OpenCall implements AutoCloseable {

    private final CallWatcher watcher;
    private final Cancellation cancellation = new Cancellation();
    private final Connection connection;
    private final ClientWatch client;
    private volatile boolean gone;
    private volatile @Nullable SseWriter stream;

    private OpenCall(CallWatcher watcher, Connection connection) {
        this.watcher = watcher;
        this.connection = connection;
        this.client = new ClientWatch(connection, this::clientLeft);
    }

    /** Begins a call whose request has been read to its end. */
    static OpenCall begin(CallWatcher watcher, Connection connection) {
        OpenCall call = new OpenCall(watcher, connection);
        watcher.add(call);
        return call;
    }

    /** Ends the call's work when its client leaves. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** True when the client has left: there is nobody to answer. */
    boolean isClientGone() {
        return gone;
    }

    /** From now on the call is a stream that is kept alive. */
    void streams(SseWriter writer) {
        stream = writer;
    }

    /** The client has left: ends the work and closes the connection. */
    void clientLeft() {
        gone = true;
        cancellation.cancel(new GatewayException.Cancelled("the client closed the connection"));
        connection.getEndPoint().close();
    }

    /** The gateway stops: ends the work; the client is told. */
    void gatewayStops() {
        cancellation.cancel(new GatewayException.Stopping());
    }

    /** Called every quarter of a second or so while the call lasts. */
    void round(long now) {
        client.start();
        SseWriter writer = stream;
        if (writer != null) {
            writer.keepAliveIfSilent(now);
        }
    }

    /** Stops looking after the call; to be called before the end of the answer is written. Idempotent. */
    @Override
    public void close() {
        watcher.remove(this);
        stream = null;
        client.stop();
    }
}
