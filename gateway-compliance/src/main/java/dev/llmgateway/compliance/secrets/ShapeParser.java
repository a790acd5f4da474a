package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import java.util.ArrayList;
import java.util.List;

/** Reads how a {@link Shape} is written. For one use. */
final class ShapeParser {

    private final String form;
    private final List<Shape.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    ShapeParser(String form) {
        this.form = form;
    }

    List<Shape.Part> parts() {
        while (at < form.length()) {
            part();
        }
        endLiteral();
        for (Shape.Part part : parts) {
            if (part instanceof Shape.Run run && run.maximum() == Shape.UNLIMITED && part != parts.getLast()) {
                throw malformed("a run without end must be the last part");
            }
        }
        if (parts.isEmpty()) {
            throw malformed("it is empty");
        }
        return List.copyOf(parts);
    }

    private void part() {
        char c = form.charAt(at++);
        switch (c) {
            case '[' -> run(AsciiSet.of(expanded(upTo(']'))));
            case '(' -> {
                endLiteral();
                parts.add(new Shape.Literal(alternatives(upTo(')'))));
            }
            case '^' -> {
                endLiteral();
                parts.add(new Shape.Begin());
            }
            case '\\' -> escaped(form.charAt(at++));
            default -> literal.append(c);
        }
    }

    private List<String> alternatives(String inside) {
        List<String> alternatives = List.of(inside.split("\\|"));
        for (int i = 1; i < alternatives.size(); i++) {
            if (alternatives.subList(0, i).stream().anyMatch(alternatives.get(i)::startsWith)) {
                throw malformed(alternatives.get(i) + " can never be taken");
            }
        }
        return alternatives;
    }

    private void escaped(char c) {
        if (c == 'w' || c == 'd') {
            run(AsciiSet.of(expanded("\\" + c)));
        } else {
            literal.append(c);
        }
    }

    private static String expanded(String set) {
        return set.replace("\\w", "a-zA-Z0-9_").replace("\\d", "0-9");
    }

    private void run(AsciiSet set) {
        endLiteral();
        if (at == form.length() || form.charAt(at) != '{') {
            parts.add(new Shape.Run(set, 1, 1));
            return;
        }
        at++;
        String[] bounds = upTo('}').split(",", -1);
        int minimum = Integer.parseInt(bounds[0]);
        int maximum =
                bounds.length == 1 ? minimum : bounds[1].isEmpty() ? Shape.UNLIMITED : Integer.parseInt(bounds[1]);
        parts.add(new Shape.Run(set, minimum, maximum));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Shape.Literal(List.of(literal.toString())));
            literal.setLength(0);
        }
    }

    private String upTo(char end) {
        int to = form.indexOf(end, at);
        if (to < 0) {
            throw malformed("no " + end + " follows");
        }
        String inside = form.substring(at, to);
        at = to + 1;
        return inside;
    }

    private IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("the form of a token cannot be \"" + form + "\": " + why);
    }
}
