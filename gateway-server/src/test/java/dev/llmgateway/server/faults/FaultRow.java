package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;

/**
 * One way in which the first provider breaks.
 *
 * @param reply what a simulated first provider answers
 * @param whole what it must lead to for a call that is not streamed
 * @param stream what it must lead to for a streamed call
 */
record FaultRow(String name, Place place, Reply reply, Expected whole, Expected stream) {

    /** A fault of the way to the provider. */
    static FaultRow at(Place place, String name) {
        return new FaultRow(name, place, Reply.usual(), Expected.noConnection(), Expected.noConnection());
    }

    /** A fault that has the same effect on all calls. */
    static FaultRow of(String name, Fault fault, Expected both) {
        return answer(name, fault.asReply(), both);
    }

    static FaultRow of(String name, Fault fault, Expected whole, Expected stream) {
        return new FaultRow(name, Place.SIMULATED, fault.asReply(), whole, stream);
    }

    /** A fault that only streams have. */
    static FaultRow ofStreams(String name, Fault fault, Expected stream) {
        return new FaultRow(name, Place.SIMULATED, fault.asReply(), new Expected.DoesNotApply(), stream);
    }

    /** An answer that is an error. */
    static FaultRow answer(String name, Reply reply, Expected both) {
        return new FaultRow(name, Place.SIMULATED, reply, both, both);
    }

    Expected expected(boolean streamed) {
        return streamed ? stream : whole;
    }
}
