package dev.llmgateway.providers.simulated;

import dev.llmgateway.api.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that exists only on this machine: an HTTP/1.1 server for demonstrations, tests and benchmarks that answers
 * like OpenAI and Anthropic, and breaks on command.
 *
 * <p><b>Formats.</b> {@code POST} to a path that ends in {@code /chat/completions} gets an answer of OpenAI's Chat
 * Completions, in the manner of the {@linkplain ChatStyle vendor} that was chosen (Azure's deployment paths and Google's
 * and Groq's prefixes work too); {@code /responses} and {@code /responses/input_tokens} get OpenAI's Responses; {@code
 * /v1/messages} and {@code /v1/messages/count_tokens} get Anthropic's; {@code GET} of {@code /models} gets the shape of Anthropic when
 * {@code anthropic-version} is sent, else of OpenAI; {@code POST} to {@code /embeddings} gets vectors by OpenAI's format:
 * texts that share most of their words have vectors that point nearly the same way.
 *
 * <p><b>The usual answer</b> is labelled ({@code [simulated openai]}) and depends on nothing but the request, its ids
 * excepted: it repeats the last user message; or, when tools are offered and a user message comes last, calls the one
 * that is named in the text, else the first, and several at once when the text has the word parallel, several, both or
 * each; or tells what the tools said when their results come last; or fits the JSON schema that was asked for. Stop
 * sequences, output limits, images and reasoning are honoured, the usage adds up. {@code sim-call <tool> <JSON>} in the
 * last user message has that tool called with these arguments, if it is offered; {@code sim-talk} has a sentence said before
 * any calls.
 *
 * <p><b>What is refused</b> is what the vendor would refuse, as far as it was worth the while: unknown members and broken
 * conversations in the Responses API; reasoning that another provider has sealed; at Anthropic an assistant's message that ends
 * with a thought, and one that ends the conversation at {@code claude-} models from 4.6 on; in OpenAI's Chat Completions, models whose
 * name has {@code -pro}, {@code -codex} or {@code deep-research}, and function tools at {@code gpt-5.4} and {@code gpt-5.5}
 * with an effort and at {@code gpt-5.6}, {@code gpt-6} and later unless the effort is {@code none}.
 *
 * <p><b>Other answers</b> are chosen in this order: an {@linkplain #outage outage}; a reply {@linkplain #byPath by path};
 * for chat requests the {@linkplain #enqueue queue}, a reply {@linkplain #byModel by model}, the reply for
 * {@linkplain #always always}; then a command inside the request itself: the model's name, or a word of the last user
 * message. Commands:
 *
 * <ul>
 *   <li>{@code sim-429} and every other status from 400 to 599: the vendor's error body for it;
 *   <li>{@code sim-slow}: 50 ms between events; {@code sim-long}: 400 words; {@code sim-drip}: byte by byte;
 *   <li>{@code sim-stall}, {@code sim-stall-midstream}: silence until the client leaves;
 *   <li>{@code sim-reset}, {@code sim-reset-body}, {@code sim-reset-midstream}: a TCP reset before the headers, inside the
 *       body, after five events; {@code sim-close-midstream}: a plain close there;
 *   <li>{@code sim-no-terminator}, {@code sim-invalid-event}, {@code sim-error-event}: a stream that ends after five
 *       events, has an event that is not JSON, has the vendor's error event;
 *   <li>{@code sim-html}, {@code sim-empty}, {@code sim-truncated}, {@code sim-garbage}, {@code sim-endless-headers},
 *       {@code sim-endless-line}: status 200 and something else than an answer;
 *   <li>any of these with {@code -streamed} behind it ({@code sim-error-event-streamed}): the same for streams, the usual
 *       answer for all others; with {@code -once}: the same for the first request of this text, the usual answer for all later.
 * </ul>
 *
 * <p><b>Books</b> are kept of what its requests cost, see {@link Bill}.
 *
 * <p>Safe for use by several threads. Every connection has a virtual thread of its own.
 */
public final class SimulatedProvider implements AutoCloseable {
    private final Script script = new Script();
    private final Journal journal;
    private final Books books;
    private final SimulatedServer server;

    private SimulatedProvider(Builder builder) {
        journal = new Journal(builder.journalSize);
        books = new Books(builder.bills);
        ReplyPlayer player = new ReplyPlayer(builder.name, builder.models, builder.pace);
        Formats formats = Formats.of(builder.style);
        server = new SimulatedServer(
                builder.host, builder.port, builder.sleeper, script, journal, books, player, formats);
    }

    /**
     * Starts a provider on 127.0.0.1 and a free port.
     *
     * @throws java.io.UncheckedIOException when the port cannot be opened
     */
    public static SimulatedProvider start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The server's address without a path, such as {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return URI.create("http://" + server.host() + ":" + server.port());
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Adds replies to the queue: each is used for one chat request. */
    public void enqueue(Reply... replies) {
        script.enqueue(List.of(replies));
    }

    /** Answers every chat request that nothing else decides with this reply; null ends that. */
    public void always(@Nullable Reply reply) {
        script.always(reply);
    }

    /** Answers chat requests for this model with this reply. */
    public void byModel(String model, Reply reply) {
        script.byModel(model, reply);
    }

    /** Answers every request whose path ends so with this reply. */
    public void byPath(String suffix, Reply reply) {
        script.byPath(suffix, reply);
    }

    /** While true, every request gets status 503. */
    public void outage(boolean down) {
        script.outage(down);
    }

    /** Forgets the queue, the replies by model and by path, the reply for always and an outage. */
    public void reset() {
        script.clear();
    }

    /** The latest requests in order of arrival; how many are kept at most is the builder's setting. */
    public List<ReceivedRequest> requests() {
        return journal.requests();
    }

    /**
     * What the latest requests cost, in the order in which they ended; how many are kept at most is the builder's setting. The
     * bill of a request is there before {@link #answersInProgress} counts it no more. Replies that were scripted, with a body
     * of their own, are free.
     */
    public List<Bill> bills() {
        return books.bills();
    }

    /** How many requests were billed since the start. */
    public long billCount() {
        return books.count();
    }

    /** How many requests have arrived since the start. */
    public long requestCount() {
        return journal.count();
    }

    /**
     * Waits for the next request that no earlier call has returned.
     *
     * @throws IllegalStateException when none arrives in time
     */
    public ReceivedRequest awaitRequest(Duration timeout) throws InterruptedException {
        ReceivedRequest request = journal.await(timeout);
        if (request == null) {
            throw new IllegalStateException("no request arrived within " + timeout);
        }
        return request;
    }

    /**
     * Waits until a client closes its connection before its answer is complete. Each such client is reported by one call
     * only; clients that leave between two requests are not counted.
     *
     * @return false when the time is over
     */
    public boolean awaitDisconnect(Duration timeout) throws InterruptedException {
        return journal.awaitDisconnect(timeout);
    }

    /** How many clients have left before their answer was complete. */
    public long disconnects() {
        return journal.disconnects();
    }

    /** How many connections are open now, idle ones included. */
    public int liveConnections() {
        return server.liveConnections();
    }

    /** How many requests are being answered now; a stalled one is until its client has left. */
    public int answersInProgress() {
        return server.answersInProgress();
    }

    /** Closes the port and all connections and waits for their threads; further calls do nothing. */
    @Override
    public void close() {
        server.close();
    }

    /** Settings of a provider. For one thread. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private String name = "";
        private List<String> models = List.of("sim-large", "sim-small");
        private Pace pace = Pace.NONE;
        private ChatStyle style = ChatStyle.OPENAI;
        private @Nullable Sleeper sleeper;
        private int journalSize = 1000;
        private int bills = 1000;

        private Builder() {}

        /** The address to listen on; 127.0.0.1 unless set. */
        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** The name in the answers' label, instead of the vendor's. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** The list of models; requests for others are answered all the same. */
        public Builder models(List<String> ids) {
            models = List.copyOf(ids);
            return this;
        }

        /** Whose manner of Chat Completions it speaks; OpenAI's unless set. */
        public Builder chatStyle(ChatStyle newStyle) {
            style = newStyle;
            return this;
        }

        /** The pace of the usual answers' streams; no wait unless set. */
        public Builder pace(Pace newPace) {
            pace = newPace;
            return this;
        }

        /**
         * Who waits between events. Unless set, the waits are real and end when the client leaves; with a sleeper, a
         * client that has left is noticed after the wait.
         */
        public Builder sleeper(Sleeper newSleeper) {
            sleeper = newSleeper;
            return this;
        }

        /**
         * How many requests are kept, 1000 unless set; of their bodies never more than 64 MiB, the latest excepted.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder journalSize(int size) {
            if (size < 1) {
                throw new IllegalArgumentException("at least one request has to be kept, not " + size);
            }
            journalSize = size;
            return this;
        }

        /**
         * How many bills are kept, 1000 unless set.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder bills(int size) {
            if (size < 1) {
                throw new IllegalArgumentException("at least one bill has to be kept, not " + size);
            }
            bills = size;
            return this;
        }

        /**
         * Starts the provider.
         *
         * @throws java.io.UncheckedIOException when the port cannot be opened
         */
        public SimulatedProvider start() {
            return new SimulatedProvider(this);
        }
    }
}
