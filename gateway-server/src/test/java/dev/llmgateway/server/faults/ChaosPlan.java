package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens in a chaos run, all of it by one seed. */
record ChaosPlan(int requests, long seed) {

    private static final double FAULTS = 0.3;
    private static final double LEAVERS = 0.05;
    private static final int MOST_PATIENCE_MILLIS = 40;
    private static final double IN_A_HURRY = 0.3;
    private static final double REPEATABLE = 0.2;
    /** So many clients share a repeatable question, about. */
    private static final int ASKERS = 8;

    private static final double SENT_TWICE = 0.05;
    private static final int SOON = 1;
    private static final int LATER = 300;
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
     * @param question others ask it too if it is repeatable, or if they send the same key
     * @param isRepeatable the answer may be kept, and given to others
     * @param key its Idempotency-Key, which is sent twice; null for none
     * @param isInAHurry a second provider is asked when the first is slow
     */
    record Client(
            int number,
            Tongue speaks,
            boolean stream,
            int patienceMillis,
            String question,
            boolean isRepeatable,
            @Nullable String key,
            boolean isInAHurry) {

        String prompt() {
            return question + " says one two three four five";
        }

        String body() {
            return speaks.body(ChaosBed.MODEL, stream, prompt(), isRepeatable ? ",\"temperature\":0" : "");
        }

        /** Headers of its own, each a line. */
        List<String> headers() {
            List<String> headers = new ArrayList<>(List.of(
                    "Authorization: Bearer " + ChaosBed.KEY,
                    "x-source: " + number,
                    "traceparent: 00-%032x-%016x-01".formatted(number + 1, number + 1)));
            if (key != null) {
                headers.add("Idempotency-Key: " + key);
            }
            if (isInAHurry) {
                headers.add("x-routing-profile: realtime");
            }
            return headers;
        }

        boolean leaves() {
            return patienceMillis > 0;
        }

        /** Sends the same once more, with a patience of its own. */
        private Client again(int as, int patience) {
            return new Client(as, speaks, stream, patience, question, isRepeatable, key, isInAHurry);
        }
    }

    /** The client whose header {@code traceparent} a provider got. */
    static int client(@Nullable String trace) {
        return Integer.parseInt(Objects.requireNonNull(trace).split("-", -1)[1], 16) - 1;
    }

    /** The clients in the order of their numbers. */
    List<Client> clients() {
        Random random = new Random(seed);
        Map<Integer, Client> sendAgain = new HashMap<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Client first = sendAgain.remove(i);
            Client client = first == null ? client(i, random) : first.again(i, patience(random));
            clients.add(client);
            if (first == null && client.key != null) {
                sendAgain.put(i + (random.nextBoolean() ? SOON : LATER), client);
            }
        }
        return clients;
    }

    private Client client(int number, RandomGenerator random) {
        Tongue tongue = random.nextBoolean() ? Tongue.OPENAI : Tongue.ANTHROPIC;
        boolean stream = random.nextBoolean();
        boolean isRepeatable = random.nextDouble() < REPEATABLE;
        int questions = (int) Math.max(1, requests * REPEATABLE / ASKERS);
        String question = isRepeatable ? "everybody " + random.nextInt(questions) : "client " + number;
        String key = random.nextDouble() < SENT_TWICE ? "key-" + number : null;
        boolean isInAHurry = random.nextDouble() < IN_A_HURRY;
        return new Client(number, tongue, stream, patience(random), question, isRepeatable, key, isInAHurry);
    }

    private static int patience(RandomGenerator random) {
        return random.nextDouble() < LEAVERS ? 1 + random.nextInt(MOST_PATIENCE_MILLIS) : 0;
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
