package dev.llmgateway.store.recording;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import java.util.function.ToIntFunction;

/** What the notes of all calls have in common. */
record Bookkeeping(RecordSink sink, Prices prices, ToIntFunction<GatewayException> statusOf, Discretion discretion) {

    Spend spend(String provider, String model, Charge charge) {
        return new Spend(charge.usage(), prices.cost(provider, model, charge.usage()), charge.isEstimated());
    }
}
