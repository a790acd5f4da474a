package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Values that stand where a secret belongs and are none: examples, templates, references, expressions, places. */
final class Placeholders {

    private static final AsciiSet NAME = AsciiSet.of("a-zA-Z0-9_.");

    /** Whoever writes one of these into a value means that it is to be replaced. */
    private static final List<String> STOP_WORDS = Words.list("""
            example sample placeholder changeme change_me change-me change_this replace redacted dummy your
            insert my- my_ put_ xxxx **** .... ---- ____ fixme not-a-real notreal fake hidden masked
            removed sanitized
            """);

    /** What is no secret with any number after it. */
    private static final Set<String> WORDS = Words.set("""
            password passwd passwort pass passphrase pwd secret secretkey token key apikey test testing tester
            testpass testpassword testtoken testkey testsecret user username string str text value foo bar
            foobar baz abc abcd abcdef xyz none null true false undefined qwerty arg param field int uint float
            bool boolean char varchar nvarchar number object bytes base sha md aes rsa hmac hmacsha utf oauth
            bcrypt scrypt argon pbkdf ascii hex ed ecdsa x v http https min max minlength maxlength min-length
            chars characters digits mypassword mysecret mytoken somepassword default
            """);

    private static final List<String> REFERENCES = Words.list("""
            process.env os.environ os.getenv system.getenv import.meta env. env[ env: secrets. vars. var. local.
            module. data: arn: file: vault: ssh- sha1- sha256- sha384- sha512- sha256: sha512: sha1: md5:
            {bcrypt} $2a$ $2b$ $2y$ application/ text/ image/ self. this. config. settings. options. req.
            request. args. ctx. props. params. urn: op: com. org. net. java. javax. javascript: mailto: kms:
            ref+ enc(
            """);

    private static final List<String> PATTERNS =
            List.of("\\u", "\\x", "\\d", "\\w", "\\s", "[a-", "[A-", "[0-", "(?", "^.*", ".*$", "(.*");

    private Placeholders() {}

    static boolean isPlaceholder(ValueShape value) {
        String text = value.text();
        if (value.distinct() <= 3 || value.isSequence()) {
            return true;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return isPattern(text)
                || isTemplate(text)
                || isPlace(lower)
                || isReference(lower)
                || isToBeReplaced(lower, value)
                || isPlain(lower);
    }

    /** A call or an element of something, as code has them instead of a literal. */
    static boolean isExpression(String text) {
        int i = 0;
        while (i < text.length() && NAME.contains(text.charAt(i))) {
            i++;
        }
        boolean named = i > 0 && !AsciiSet.DIGITS.contains(text.charAt(0));
        String rest = text.substring(i);
        return i == text.length() && isMember(text)
                || named
                        && (rest.startsWith("(")
                                || rest.startsWith("[")
                                || rest.startsWith("::")
                                || rest.startsWith("->"))
                || rest.startsWith("=>")
                || rest.startsWith("?.")
                || rest.startsWith("!.")
                || rest.contains("&&")
                || rest.contains("||")
                || text.startsWith("(")
                || text.startsWith("[")
                || text.startsWith("{")
                || text.startsWith("\\")
                || "!*&".indexOf(text.charAt(0)) >= 0 && isNamed(text, 1, text.length())
                || text.startsWith("/*")
                || text.startsWith("//");
    }

    /** A method's call somewhere within: a quote that closes was taken for one that opens. */
    private static boolean hasCall(String text) {
        for (int open = text.indexOf('('); open > 0; open = text.indexOf('(', open + 1)) {
            int i = open;
            while (i > 0 && Character.isLetter(text.charAt(i - 1))) {
                i--;
            }
            if (open - i > 2 && i > 0 && ".;".indexOf(text.charAt(i - 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** A dotted name that ends with a word: a constant, a field, a class. */
    private static boolean isMember(String text) {
        String last = text.substring(text.lastIndexOf('.') + 1);
        return last.length() > 2
                && last.length() < text.length() - 1
                && last.chars().allMatch(Character::isLetter)
                && new ValueShape(last).isName();
    }

    /** A regular expression, characters that are escaped, or a setting such as {@code spec=True}. */
    private static boolean isPattern(String text) {
        int equals = text.indexOf('=');
        boolean setting = equals > 2
                && equals < text.length() - 1
                && isNamed(text, 0, equals)
                && isNamed(text, equals + 1, text.length())
                && new ValueShape(text.substring(0, equals)).isName()
                && new ValueShape(text.substring(equals + 1)).isName();
        return setting || hasCall(text) || PATTERNS.stream().anyMatch(text::contains);
    }

    private static boolean isTemplate(String text) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        return first == '<'
                || first == '$'
                        && (isNamed(text, 1, text.length()) || text.length() > 1 && "({".indexOf(text.charAt(1)) >= 0)
                || first == '%' && (last == '%' || text.length() > 1 && "({".indexOf(text.charAt(1)) >= 0)
                || first == '@' && last == '@'
                || first == '#' && text.startsWith("#{")
                || first == '[' && last == ']'
                || first == ':' && isNamed(text, 1, text.length())
                || first == '{' && last == '}'
                || text.startsWith("{{")
                || text.startsWith("__") && text.endsWith("__")
                || hasVariable(text);
    }

    /** <code>${name}</code>, <code>{name}</code> or <code>%s</code> somewhere within. */
    private static boolean hasVariable(String text) {
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = text.indexOf('}', open);
            if (close == open + 1 || close > open + 2 && isNamed(text, open + 1, close)) {
                return true;
            }
        }
        return text.contains("$(") || text.endsWith("%s") || text.endsWith("%d") || text.contains("%s:");
    }

    private static boolean isNamed(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!NAME.contains(text.charAt(i))) {
                return false;
            }
        }
        return to > from && !AsciiSet.DIGITS.contains(text.charAt(from));
    }

    /** A path, a URL, a host or a mail address. */
    private static boolean isPlace(String lower) {
        if (lower.contains("://") || lower.startsWith("./") || lower.startsWith("../") || lower.startsWith("~/")) {
            return true;
        }
        if (lower.startsWith("/") || lower.startsWith("\\\\") || lower.startsWith("c:\\")) {
            return new ValueShape(lower).isName();
        }
        int at = lower.indexOf('@');
        int dot = lower.lastIndexOf('.');
        return at > 0
                && dot > at + 1
                && lower.length() - dot <= 5
                && dot < lower.length() - 2
                && new ValueShape(lower.substring(at + 1)).isName();
    }

    private static boolean isReference(String lower) {
        for (String reference : REFERENCES) {
            if (lower.startsWith(reference)) {
                return true;
            }
        }
        return lower.contains("process.env") || lower.contains("os.environ") || lower.contains("getenv");
    }

    /** A word such as "example", unless what is left without it is a secret still. */
    private static boolean isToBeReplaced(String lower, ValueShape value) {
        for (String word : STOP_WORDS) {
            if (lower.contains(word)) {
                ValueShape rest = new ValueShape(value.text().substring(0, lower.indexOf(word))
                        + value.text().substring(lower.indexOf(word) + word.length()));
                return rest.length() < 20
                        || rest.digits() == 0
                        || rest.entropy() < 3.5
                        || rest.isName()
                        || rest.isPadded();
            }
        }
        return value.isPadded();
    }

    private static boolean isMarked(String lower) {
        return lower.chars().anyMatch(c -> "!@#$%^&*+".indexOf(c) >= 0);
    }

    /** A word that is no secret, perhaps with a number. */
    private static boolean isPlain(String lower) {
        int from = 0;
        int to = lower.length();
        while (to > from && !Character.isLetter(lower.charAt(to - 1))) {
            to--;
        }
        while (from < to && !Character.isLetter(lower.charAt(from))) {
            from++;
        }
        return from < to
                && to - from >= lower.length() - 5
                && !isMarked(lower)
                && WORDS.contains(lower.substring(from, to));
    }
}
