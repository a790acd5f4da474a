package dev.llmgateway.server.http;

import io.javalin.router.exception.JavaLangErrorHandler;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers when the virtual machine itself gives up on a request, usually for want of memory. The server goes on. */
final class Fatalities implements JavaLangErrorHandler {

    private static final Logger LOG = System.getLogger(Fatalities.class.getName());

    private final Dialects dialects;

    Fatalities(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public void handle(HttpServletResponse response, Error error) {
        LOG.log(Level.ERROR, "a request failed with " + error, error);
        if (response.isCommitted()) {
            return;
        }
        try {
            byte[] body =
                    dialects.openAi().encodeError(PlainErrors.of(500, "", "").error(), "");
            HttpAnswers.write(response, 500, HttpAnswers.JSON, body);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client left before its error", e);
        }
    }
}
