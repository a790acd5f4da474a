package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.StreamGate;
import dev.llmgateway.compliance.TextFilter;

/** Takes out of an answer what may not reach the caller. */
record Gate(StreamGate.Rules rules, Findings findings) implements Treatment {

    @Override
    public TextFilter open(String place, boolean isJson, TextFilter.Output output) {
        return rules.open((finding, action) -> findings.tell(place, finding, action), output);
    }

    @Override
    public boolean replaces() {
        return rules.holdsBack();
    }

    @Override
    public String whole(String place, String text) {
        StreamGate gate = rules.open((finding, action) -> findings.tell(place, finding, action));
        return gate.accept(text) + gate.finish();
    }
}
