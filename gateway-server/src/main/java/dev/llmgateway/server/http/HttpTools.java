package dev.llmgateway.server.http;

import dev.llmgateway.api.Ticker;
import java.time.InstantSource;

/**
 * What every endpoint for calls needs.
 *
 * @param callers finds the keys by which callers are known
 * @param ticker where elapsed time comes from
 * @param clock what time it is
 */
record HttpTools(BodyReader bodies, CallerKeys callers, CallWatcher watcher, Ticker ticker, InstantSource clock) {}
