package dev.llmgateway.server.http;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.records.Refused;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What every endpoint for calls needs.
 *
 * @param callers finds the keys by which callers are known
 * @param items what callers of Responses may refer to
 * @param refused is told of requests that could not be read
 * @param ticker where elapsed time comes from
 * @param clock what time it is
 */
record HttpTools(
        BodyReader bodies,
        CallerKeys callers,
        CallWatcher watcher,
        AnsweredItems items,
        Consumer<Refused> refused,
        Ticker ticker,
        InstantSource clock) {}
