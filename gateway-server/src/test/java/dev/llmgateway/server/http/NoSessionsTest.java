package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class NoSessionsTest {

    @Test
    void whateverAsksForASessionGetsNoneAndNoCookie() throws Exception {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setSessionHandler(new NoSessions());
        context.addServlet(new Asking(), "/");
        server.setHandler(context);
        server.start();
        try {
            assertThat(connector.getResponse("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .contains("there are no sessions here")
                    .doesNotContain("JSESSIONID");
        } finally {
            server.stop();
        }
    }

    private static final class Asking extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().print(request.getSession().getId());
            } catch (IllegalStateException none) {
                response.getWriter().print(none.getMessage());
            }
        }
    }
}
