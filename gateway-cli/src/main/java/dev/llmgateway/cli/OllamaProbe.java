package dev.llmgateway.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks whether an Ollama runs on this machine. */
final class OllamaProbe {

    /** A server on this machine accepts at once or not at all; a loaded one may need a moment to answer. */
    private static final int PATIENCE_MILLIS = 500;

    private OllamaProbe() {}

    /** Whether a list of models is served at this OpenAI-compatible address. Takes a second at most. */
    static boolean answers(URI endpoint) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint + "/models").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
