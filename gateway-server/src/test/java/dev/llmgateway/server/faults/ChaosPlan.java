package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens in a chaos run, all of it by one seed. */
record ChaosPlan(int requests, long seed) {

    private static final double FAULTS = 0.3;
    private static final double LEAVERS = 0.05;
    private static final int MOST_PATIENCE_MILLIS = 40;
    private static final int ALL = Integer.MAX_VALUE;

    private static final List<Reply> WAYS_TO_BREAK = Stream.concat(
                    Stream.of(
                                    new Fault.ResetBeforeHeaders(),
                                    new Fault.ResetInBody(),
                                    new Fault.ResetMidStream(1),
                                    new Fault.ResetMidStream(5),
                                    new Fault.CloseMidStream(5),
                                    new Fault.NoTerminator(1),
                                    new Fault.NoTerminator(ALL),
                                    new Fault.InvalidJsonEvent(1),
                                    new Fault.InvalidJsonEvent(5),
                                    new Fault.ErrorEvent(1),
                                    new Fault.ErrorEvent(5),
                                    new Fault.Html(),
                                    new Fault.EmptyBody(),
                                    new Fault.TruncatedJson(),
                                    new Fault.Garbage(),
                                    new Fault.StallBeforeFirstByte(),
                                    new Fault.StallMidStream(1),
                                    new Fault.StallMidStream(5))
                            .map(Fault::asReply),
                    Stream.of(
                            Reply.failure(401, Map.of()),
                            Reply.failure(404, Map.of()),
                            Reply.failure(408, Map.of()),
                            Reply.failure(429, Map.of("retry-after-ms", "20")),
                            Reply.failure(500, Map.of()),
                            Reply.failure(502, Map.of()),
                            Reply.failure(503, Map.of()),
                            Reply.failure(529, Map.of())))
            .toList();

    /**
     * One client.
     *
     * @param number of the client, from 0
     * @param patienceMillis when it leaves, if its answer has not begun by then; 0 for one that stays
     */
    record Client(int number, Tongue speaks, boolean stream, int patienceMillis) {

        /** No other client's. */
        String prompt() {
            return "client " + number + " says one two three four five";
        }

        boolean leaves() {
            return patienceMillis > 0;
        }
    }

    /** The clients in the order of their numbers. */
    List<Client> clients() {
        Random random = new Random(seed);
        return IntStream.range(0, requests).mapToObj(i -> client(i, random)).toList();
    }

    private static Client client(int number, RandomGenerator random) {
        Tongue tongue = random.nextBoolean() ? Tongue.OPENAI : Tongue.ANTHROPIC;
        boolean stream = random.nextBoolean();
        boolean leaves = random.nextDouble() < LEAVERS;
        return new Client(number, tongue, stream, leaves ? 1 + random.nextInt(MOST_PATIENCE_MILLIS) : 0);
    }

    /** What a provider answers, one reply per request; more than it will need. */
    Reply[] replies(int provider) {
        Random random = new Random(seed * 31 + provider);
        return Stream.generate(() -> random.nextDouble() < FAULTS
                        ? WAYS_TO_BREAK.get(random.nextInt(WAYS_TO_BREAK.size()))
                        : Reply.usual())
                .limit(2L * requests)
                .toArray(Reply[]::new);
    }
}
