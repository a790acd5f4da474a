package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Passwords that are none: references to where one is kept, and words that show where one goes. */
final class PasswordTemplates {

    private static final Set<String> USERS = Set.of("user", "username", "usr", "login", "name", "foo", "");
    private static final Set<String> PASSWORDS =
            Set.of("pass", "passwd", "password", "pwd", "pw", "passphrase", "secret", "token", "bar");
    private static final List<String> SAYING_SO =
            List.of("your-", "your_", "yourpass", "placeholder", "redacted", "changeme");

    private PasswordTemplates() {}

    /** Whether another value goes in its place: a variable, a template, or characters that stand for any. */
    static boolean isReference(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return isVariable(value)
                || value.contains("${")
                || value.contains("{{")
                || value.startsWith("{") && value.endsWith("}")
                || value.startsWith("[") && value.endsWith("]")
                || value.equals("%s")
                || value.chars().allMatch(c -> c == value.charAt(0) && (c == 'x' || c == 'X' || c == '*' || c == '.'))
                || SAYING_SO.stream().anyMatch(lower::contains);
    }

    /** {@code $NAME}, {@code $(command)} or {@code %NAME%}. */
    private static boolean isVariable(String value) {
        boolean name = value.length() > 1
                && value.substring(1).chars().allMatch(c -> c < 128 && (Character.isLetter(c) || c == '_' || c == '%'));
        return name && (value.charAt(0) == '$' || value.charAt(0) == '%' && value.endsWith("%"))
                || value.startsWith("$(");
    }

    /** Whether both say what goes in their place: {@code user} and {@code password}. */
    static boolean areWords(String user, String password) {
        return USERS.contains(user.toLowerCase(Locale.ROOT)) && PASSWORDS.contains(password.toLowerCase(Locale.ROOT));
    }
}
