package dev.llmgateway.providers;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.Target;

/** Who is called, and the format that is spoken there. */
record SpokenTo(Target target, DialectCodec codec) {

    Dialect dialect() {
        return codec.dialect();
    }
}
