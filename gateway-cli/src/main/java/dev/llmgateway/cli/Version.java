package dev.llmgateway.cli;

import dev.llmgateway.server.GatewayVersion;
import picocli.CommandLine.IVersionProvider;

/** Says what {@code --version} says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"llm-gateway " + GatewayVersion.current()};
    }
}
