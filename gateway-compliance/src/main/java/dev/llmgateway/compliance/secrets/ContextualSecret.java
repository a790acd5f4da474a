package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value that is given to a name that calls it a password, a secret, a key or a token. */
record ContextualSecret() implements Detector {

    private static final AsciiSet NAME = AsciiSet.of("a-zA-Z0-9_.-");
    private static final AsciiSet LETTERS = AsciiSet.of("a-zA-Z");
    private static final int LONGEST_NAME = 48;

    private static final List<String> WORDS = List.of(
            "pass",
            "pwd",
            "pswd",
            "pw",
            "psk",
            "secret",
            "token",
            "credential",
            "cred",
            "key",
            "auth",
            "kennwort",
            "contrase",
            "senha",
            "wachtwoord",
            "accessid",
            "securestring",
            "identified by",
            "session",
            "sessid",
            ".sid");

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.PASSWORD, Kind.SECRET);
    }

    @Override
    public List<String> anchors() {
        List<String> anchors = new ArrayList<>(WORDS);
        anchors.addAll(Vendors.anchors());
        ForeignNames.anchors().forEach(anchors::add);
        return anchors;
    }

    @Override
    public boolean specific() {
        return false;
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        boolean foreign = text.at(from) >= 128;
        int end = foreign ? to : text.skip(to, NAME, LONGEST_NAME);
        if (text.at(end) == '\u00F1') {
            end = text.skip(end + 1, NAME, LONGEST_NAME);
        }
        Assignment assignment = end - to >= LONGEST_NAME ? null : Assignment.after(text, end);
        AssignedValue value = assignment == null ? null : AssignedValue.of(text, assignment);
        if (assignment == null || value == null || value.length() < 6 || !mayBeSecret(text, value)) {
            return null;
        }
        int start = text.skipBack(from, NAME, LONGEST_NAME);
        KeyName.Role role = foreign
                ? ForeignNames.role(text.slice(from, to))
                : KeyName.role(text.slice(start, end), wordBefore(text, start));
        if (role == KeyName.Role.NONE
                || role == KeyName.Role.SESSION && !Surroundings.isCookie(text, start, assignment.form())
                || !isPlausible(text, assignment.form(), value, start)) {
            return null;
        }
        return verdict(text, role, assignment.form(), value, start);
    }

    /** Whether something is in it that no word has; asked before anything that costs more. */
    private static boolean mayBeSecret(Window text, AssignedValue value) {
        char before = 'a';
        int turns = 0;
        for (int i = value.start(); i < value.end(); i++) {
            char c = text.at(i);
            if (!LETTERS.contains(c) && c != '.' && c != '_' && c != '-') {
                return true;
            }
            turns += (c & 0x20) != (before & 0x20) ? 1 : 0;
            before = c;
        }
        return turns > 4;
    }

    /** Some forms are only believed in some surroundings. */
    private static boolean isPlausible(Window text, Assignment.Form form, AssignedValue value, int start) {
        char first = text.at(start);
        char before = text.at(start - 1);
        if (before == ':' && (text.at(start - 2) == ':' || form == Assignment.Form.COLON)) {
            return false;
        }
        return switch (form) {
            case TAG -> before == '<' || before == ':' || before == '"';
            case COMPARISON, NEXT -> value.quoted();
            case SPACE ->
                value.quoted()
                        || first == '-'
                        || value.length() >= 20
                        || text.hasLiteral(start - 4, "ENV ")
                        || text.hasLiteral(start, "requirepass ")
                        || Surroundings.isLogin(text, start);
            case EQUALS, COLON, CELL, PHRASE, CALL -> true;
        };
    }

    private static @Nullable Match verdict(
            Window text, KeyName.Role role, Assignment.Form form, AssignedValue value, int nameStart) {
        boolean sentence = !value.quoted() && (form == Assignment.Form.PHRASE || form == Assignment.Form.COLON);
        int end = sentence ? withoutFullStop(text, value) : value.end();
        ValueShape shape = new ValueShape(text.slice(value.start(), end));
        boolean constant = Character.isUpperCase(text.at(nameStart));
        if (!value.cut() && !Verdict.isSecret(role, form, value.quoted(), constant, shape)) {
            return null;
        }
        if (value.cut()
                && (shape.distinct() < 4 && role.compareTo(KeyName.Role.VENDOR) >= 0
                        || shape.text().startsWith("data:"))) {
            return null;
        }
        boolean password = role == KeyName.Role.PASSWORD;
        return new Match(
                password ? Kind.PASSWORD : Kind.SECRET,
                password ? "password-assignment" : "secret-assignment",
                role.compareTo(KeyName.Role.VENDOR) < 0 ? 0.8 : 0.6,
                value.start(),
                end,
                value.cut() ? value.tail() : null,
                true);
    }

    private static int withoutFullStop(Window text, AssignedValue value) {
        int end = value.end();
        while (end > value.start() + 1 && text.at(end - 1) == '.') {
            end--;
        }
        return end;
    }

    /** The word before a name when one blank is between, as in {@code API key}. */
    private static String wordBefore(Window text, int start) {
        if (text.at(start - 1) != ' ' || !LETTERS.contains(text.at(start - 2))) {
            return "";
        }
        return text.slice(text.skipBack(start - 1, LETTERS, 16), start - 1);
    }
}
