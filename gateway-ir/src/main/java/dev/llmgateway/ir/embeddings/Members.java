package dev.llmgateway.ir.embeddings;

/** What the members of requests and answers are called. */
final class Members {

    static final String MODEL = "model";
    static final String INPUT = "input";
    static final String DIMENSIONS = "dimensions";
    static final String ENCODING_FORMAT = "encoding_format";
    static final String USER = "user";
    static final String OBJECT = "object";
    static final String DATA = "data";
    static final String INDEX = "index";
    static final String EMBEDDING = "embedding";
    static final String USAGE = "usage";

    private Members() {}
}
