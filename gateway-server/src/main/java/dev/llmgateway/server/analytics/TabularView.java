package dev.llmgateway.server.analytics;

import java.util.List;
import java.util.Map;

/** An answer that can be had as one JSON object, or as a table. */
public interface TabularView {

    /**
     * The answer as one JSON object.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    byte[] json(Map<String, List<String>> parameters);

    /**
     * The answer as a table.
     *
     * @param parameters of the address
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when one makes no sense
     */
    Table table(Map<String, List<String>> parameters);
}
