/**
 * The HTTP side: connections, routes, bodies, streams of events, errors in the caller's dialect. {@link
 * dev.llmgateway.server.http.HttpFront} is the way in; {@code ChatEndpoint} is the path of a call.
 */
@NullMarked
package dev.llmgateway.server.http;

import org.jspecify.annotations.NullMarked;
