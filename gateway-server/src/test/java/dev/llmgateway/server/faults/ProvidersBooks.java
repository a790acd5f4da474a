package dev.llmgateway.server.faults;

import static java.util.stream.Collectors.groupingBy;

import dev.llmgateway.providers.simulated.Bill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import tools.jackson.databind.JsonNode;

/**
 * The books that the simulated providers keep of what they take for each call, held against what the gateway recorded. A record
 * that is not estimated has to agree. One that is estimated, since an answer broke off or was left, cannot: the gateway guesses
 * the prompt by another count and knows only what it has read. But each of its tries has to be there once, and its part of the
 * money must not be far off.
 */
final class ProvidersBooks {

    /** The prompts have 13 tokens or more by the providers' count, and by the gateway's so many more at most. */
    private static final int OFF_BY_A_PROMPT = 5;

    private static final int LONGEST_PROMPT = 18;

    /** By so much the gateway may take the text of an answer for longer than its provider counts it. */
    private static final int OFF_BY_AN_ANSWER = 8;

    private static final Percentage ESTIMATES_ARE_OFF_BY = Percentage.withPercentage(25);

    private static final double HALF_A_CENT = 0.005;

    private static final double MILLION = 1_000_000;

    private final Map<Integer, Billed> billed = new HashMap<>();
    private final List<Recorded> exact = new ArrayList<>();
    private final List<Recorded> estimated = new ArrayList<>();
    private final SoftAssertions softly;
    private long surplus;

    /** Reads the books with the prices that the gateway's catalog shows. */
    ProvidersBooks(ChaosBed bed, JsonNode catalog, SoftAssertions softly) {
        this.softly = softly;
        for (int i = 0; i < bed.providers.size(); i++) {
            Map<String, JsonNode> prices = prices(catalog, "p" + i);
            for (Bill bill : bed.providers.get(i).bills()) {
                billed.merge(ChaosPlan.client(bill.trace()), billed(bill, prices.get(bill.model())), Billed::plus);
            }
        }
    }

    private static Map<String, JsonNode> prices(JsonNode catalog, String provider) {
        Map<String, JsonNode> prices = new HashMap<>();
        for (JsonNode card : catalog.get("models").values()) {
            if (card.get("served_by").valueStream().anyMatch(by -> by.asString().equals(provider))) {
                prices.put(card.get("wire_id").stringValue(), card.get("price"));
            }
        }
        return prices;
    }

    private static Billed billed(Bill bill, JsonNode price) {
        double dollars = bill.input() * price.get("input").doubleValue()
                + bill.output() * price.get("output").doubleValue();
        return new Billed(1, dollars / MILLION, bill.input(), bill.output());
    }

    /**
     * Compares; who asks the same may share one answer, which then one of them pays for.
     *
     * @param givenUp how many tries may have been ended from here, each before its provider said that it refused
     */
    void compare(List<Recorded> records, List<ChaosPlan.Client> clients, long givenUp) {
        records.stream()
                .collect(groupingBy(record -> clients.get(record.client()).question()))
                .values()
                .forEach(this::sort);
        softly.assertThat(records).extracting(Recorded::client).containsAll(billed.keySet());
        softly.assertThat(dollars(exact))
                .as("dollars in records that are no estimates")
                .isEqualTo(billed(exact).dollars(), Offset.offset(HALF_A_CENT));
        softly.assertThat(dollars(estimated))
                .as("dollars in records that are estimates")
                .isCloseTo(billed(estimated).dollars(), ESTIMATES_ARE_OFF_BY);
        softly.assertThat(surplus)
                .as("prompt tokens that are in estimates alone")
                .isLessThanOrEqualTo(givenUp * LONGEST_PROMPT);
    }

    /** Without an estimate all have to agree; where the one who pays has one, those who share its answer belong to it. */
    private void sort(List<Recorded> group) {
        List<Recorded> guessed = group.stream().filter(Recorded::isEstimated).toList();
        List<Recorded> told =
                group.stream().filter(record -> !record.isEstimated()).toList();
        boolean agrees = Math.abs(dollars(told) - billed(told).dollars()) < HALF_A_CENT;
        if (agrees || guessed.isEmpty()) {
            softly.assertThat(agrees).as("billed %s for %s", billed(told), told).isTrue();
            exact.addAll(told);
            compareEstimate(guessed);
        } else {
            compareEstimate(group);
        }
    }

    private void compareEstimate(List<Recorded> group) {
        estimated.addAll(group);
        Billed bills = billed(group);
        long input = group.stream().mapToLong(Recorded::input).sum();
        softly.assertThat(input).as("prompts of %s, billed %s", group, bills).isGreaterThanOrEqualTo(bills.input());
        surplus += Math.max(0, input - bills.input() - OFF_BY_A_PROMPT * bills.bills());
        long output = group.stream().mapToLong(Recorded::output).sum();
        softly.assertThat(output)
                .as("answers of %s, billed %s", group, bills)
                .isLessThanOrEqualTo(bills.output() + OFF_BY_AN_ANSWER * bills.bills());
    }

    private Billed billed(List<Recorded> records) {
        return records.stream()
                .map(record -> billed.getOrDefault(record.client(), Billed.NOTHING))
                .reduce(Billed.NOTHING, Billed::plus);
    }

    private static double dollars(List<Recorded> records) {
        return records.stream().mapToDouble(Recorded::dollars).sum();
    }

    /** Both sums of both parts. */
    String inWords() {
        return "%d calls without an estimate: %.2f dollars recorded, %.2f billed; %d with one: %.2f recorded, %.2f billed, %d tokens of prompts in no book"
                .formatted(
                        exact.size(),
                        dollars(exact),
                        billed(exact).dollars(),
                        estimated.size(),
                        dollars(estimated),
                        billed(estimated).dollars(),
                        surplus);
    }
}
