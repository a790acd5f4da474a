/**
 * A provider that exists only on this machine: an HTTP/1.1 server that speaks the OpenAI and Anthropic wire formats and
 * breaks on command. The demo, the tests and the benchmarks talk to it. It shares no code with the codecs that it is used
 * to test.
 */
@NullMarked
package dev.llmgateway.providers.simulated;

import org.jspecify.annotations.NullMarked;
