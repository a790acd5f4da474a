package dev.llmgateway.providers;

import dev.llmgateway.api.GatewayException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Asks a provider for something else than a chat answer: a bounded body within a bounded time, whole or not at all.
 *
 * @param mostBytes of a body that is read
 * @param action what the provider did not do when it took too long: {@code list its models}
 * @param thing what it sent when that is too long: {@code a model list}
 */
record ShortAnswer(Upstream upstream, OkHttpClient client, int mostBytes, String action, String thing) {

    /**
     * The body of a success.
     *
     * @throws GatewayException for everything else
     */
    byte[] read(Request request, Duration timeLeft) {
        if (timeLeft.toMillis() < 1) {
            throw timedOut();
        }
        OkHttpClient timed = client.newBuilder().callTimeout(timeLeft).build();
        try (Response response = timed.newCall(request).execute()) {
            BufferedSource source = response.body().source();
            if (source.request(mostBytes + 1L)) {
                throw upstream.failures().malformed("sent " + thing + " that is too long", null);
            }
            byte[] body = source.readByteArray();
            if (response.code() >= 400) {
                throw upstream.failures().status(response.code(), response.headers(), body);
            }
            if (response.code() >= 300) {
                throw upstream.failures().malformed("answered with a redirect, which is not followed", null);
            }
            return body;
        } catch (InterruptedIOException e) {
            throw timedOut();
        } catch (IOException e) {
            throw upstream.failures().beforeAnswer(e);
        }
    }

    private GatewayException timedOut() {
        return new GatewayException.TimedOut(
                "provider \"" + upstream.id() + "\" did not " + action + " in time", false);
    }
}
