package dev.llmgateway.server.http;

import dev.llmgateway.api.Ticker;

/**
 * What every endpoint that takes a body needs.
 *
 * @param ticker where elapsed time comes from
 */
record HttpTools(BodyReader bodies, CallWatcher watcher, Ticker ticker) {}
