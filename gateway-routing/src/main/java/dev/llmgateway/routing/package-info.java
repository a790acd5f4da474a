/**
 * Decides which model at which provider answers a request. {@link dev.llmgateway.routing.ModelRouter} is the whole way:
 * {@code NameResolver} finds what the name means, {@link dev.llmgateway.routing.RequestNeeds} what the request uses, and
 * {@link dev.llmgateway.routing.RoutingEngine}, which works without the rest, narrows a
 * {@link dev.llmgateway.routing.RoutingTable} down ({@code Narrowing}, {@code Checks}, {@code Quality}), ranks who is left
 * ({@code Survivor}, {@code RankSort}) and builds the chain ({@code FailoverChain}) or says why there is none
 * ({@code WhyNot}). {@code StickyRoutes} and {@link dev.llmgateway.routing.LiveTtft} are all that it remembers.
 */
@NullMarked
package dev.llmgateway.routing;

import org.jspecify.annotations.NullMarked;
