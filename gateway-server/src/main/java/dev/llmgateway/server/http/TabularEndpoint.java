package dev.llmgateway.server.http;

import dev.llmgateway.server.analytics.Table;
import dev.llmgateway.server.analytics.TableFormat;
import dev.llmgateway.server.analytics.TabularView;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Answers with JSON, or with a table as CSV or JSON lines, whichever {@code Accept} prefers. */
final class TabularEndpoint implements Handler {

    private final TabularView view;

    TabularEndpoint(TabularView view) {
        this.view = view;
    }

    @Override
    public void handle(Context context) throws IOException {
        @Nullable TableFormat format = AcceptedFormat.of(context.req().getHeaders("accept"));
        context.res().setHeader("vary", "accept");
        if (format == null) {
            HttpAnswers.json(context, 200, view.json(Queries.of(context)));
        } else {
            write(context, format, view.table(Queries.of(context)));
        }
    }

    /** A table that cannot be read to its end ends with its connection, so that nobody takes it for the whole. */
    private static void write(Context context, TableFormat format, Table table) throws IOException {
        context.res().setContentType(format.contentType());
        context.res()
                .setHeader(
                        "content-disposition", "attachment; filename=\"" + table.name() + "." + format.suffix() + "\"");
        OutputStream out = context.res().getOutputStream();
        try {
            format.write(table, out);
        } catch (RuntimeException e) {
            if (context.res().isCommitted()) {
                ServletContextRequest.getServletContextRequest(context.req())
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close();
            }
            throw e;
        }
    }
}
