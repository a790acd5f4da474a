package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What passwords, keys and tokens are called in languages that are not written in Latin letters. */
final class ForeignNames {

    /** Chinese in both scripts, Japanese, Russian and Ukrainian, Korean. */
    private static final List<String> PASSWORDS = Words.list("""
            \u5BC6\u7801 \u5BC6\u78BC \u53E3\u4EE4 \u30D1\u30B9\u30EF\u30FC\u30C9 \u043F\u0430\u0440\u043E\u043B\u044C
            \uBE44\uBC00\uBC88\uD638
            """);

    private static final List<String> SECRETS = Words.list("""
            \u5BC6\u94A5 \u5BC6\u9470 \u4EE4\u724C \u30C8\u30FC\u30AF\u30F3 \u0442\u043E\u043A\u0435\u043D \uD1A0\uD070
            """);

    private ForeignNames() {}

    static Stream<String> anchors() {
        return Stream.concat(PASSWORDS.stream(), SECRETS.stream());
    }

    /** What the name promises; it is one of the anchors, in any case. */
    static KeyName.Role role(String name) {
        return PASSWORDS.contains(name.toLowerCase(Locale.ROOT)) ? KeyName.Role.PASSWORD : KeyName.Role.SECRET;
    }
}
