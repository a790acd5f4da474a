package dev.llmgateway.routing;

import dev.llmgateway.routing.signals.SignalBoard;

/**
 * What a decision goes by beside the cards. For one decision.
 *
 * @param live measured times to the first token
 * @param reports what was reported about the quality of answers
 * @param standing who can be asked now
 * @param fit who can be sent all of the request
 */
record Known(LiveTtft live, SignalBoard reports, Standing standing, ApiFit fit) {

    /** The same, if everybody could be asked. */
    Known withAllReady() {
        return new Known(live, reports, Standing.allReady(), fit);
    }
}
