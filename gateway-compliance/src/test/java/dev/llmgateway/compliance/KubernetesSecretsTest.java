package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests of secrets hide their data whatever its keys are called. */
class KubernetesSecretsTest {

    private static final Scanner SCANNER =
            Scanner.builder().kinds(Set.of(Kind.SECRET)).build();

    private static final String HEAD = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ntype: Opaque\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:\n  extra: YmFyQmF6",
                "data:\n  # of the mail server\n  extra: YmFyQmF6\n  .dockerconfigjson: eyJhdXRocyI6e319\n",
                "stringData:\r\n  extra: \"hunter-two\"\r\n  config: |\r\n    a = 1\r\n    b = 2\r\n",
                "data:\n  extra: YmFyQmF6\n\n  more: Zm9vQmFy\n---\nkind: ConfigMap\n",
                "data:\n  extra: YmFyQmF6\nimmutable: true\n"
            })
    void hidesTheDataFromTheFirstValueToTheLast(String data) {
        String redacted = SCANNER.redact(HEAD + data);
        assertThat(redacted)
                .startsWith(HEAD)
                .contains("extra: [REDACTED:secret]")
                .doesNotContain("YmFyQmF6", "hunter", "b = 2", "Zm9vQmFy", "eyJ");
        int after = data.indexOf("---") < 0 ? data.indexOf("immutable") : data.indexOf("---");
        assertThat(redacted).endsWith(after < 0 ? "" : data.substring(after));
        EveryCut.isTheSame(SCANNER, HEAD + data);
    }

    @Test
    void endsWhereTheIndentationDoes() {
        String list = "items:\n- kind: Secret\n  data:\n    extra: YmFyQmF6\n  metadata:\n    name: shop\n";
        assertThat(SCANNER.redact(list)).endsWith("    extra: [REDACTED:secret]\n  metadata:\n    name: shop\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: ConfigMap\ndata:\n  extra: YmFyQmF6\n",
                "kind: SecretStore\ndata:\n  extra: YmFyQmF6\n",
                "kind: Secret\nmetadata:\n  name: shop\n---\ndata:\n  extra: YmFyQmF6\n",
                "kind: Secret\ndata:\n  extra: {{ .Values.extra }}\n",
                "kind: Secret\ndata:\n  extra: ${EXTRA}\n",
                "kind: Secret\ndata:\nother: YmFyQmF6\n"
            })
    void leavesOtherManifests(String manifest) {
        assertThat(SCANNER.scan(manifest)).isEmpty();
    }
}
