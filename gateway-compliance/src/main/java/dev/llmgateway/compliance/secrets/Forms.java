package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.stream.Stream;

/** All tables of tokens. */
final class Forms {

    static final String UUID = "[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}";

    private Forms() {}

    static List<TokenForm> all() {
        return Stream.of(CloudTokens.ALL, ModelTokens.ALL, CodeTokens.ALL, ServiceTokens.ALL, Webhooks.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
