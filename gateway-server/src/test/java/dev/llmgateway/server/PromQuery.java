package dev.llmgateway.server;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a query of Prometheus, or of a choice in Grafana ({@code label_values(metric, label)}).
 *
 * @param labels in selectors, and those that are summed by or matched on
 */
record PromQuery(Set<String> metrics, Set<String> labels) {

    private static final Pattern CHOICE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern OFFSET = Pattern.compile("\\boffset \\w+");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern FUNCTION = Pattern.compile("\\b[a-z_]+\\s*\\(");
    private static final Pattern WORD = Pattern.compile("\\b[a-z_]\\w*");
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "sum", "max", "min", "count");

    static PromQuery of(String query) {
        Matcher choice = CHOICE.matcher(query);
        if (choice.matches()) {
            return new PromQuery(Set.of(choice.group(1)), Set.of(choice.group(2)));
        }
        Set<String> labels = new TreeSet<>();
        String rest = STRING.matcher(query).replaceAll("");
        rest = RANGE.matcher(rest).replaceAll("");
        rest = OFFSET.matcher(rest).replaceAll("");
        rest = taken(SELECTOR, rest, labels);
        rest = taken(GROUPING, rest, labels);
        rest = FUNCTION.matcher(rest).replaceAll(" ");
        Set<String> metrics = new TreeSet<>();
        WORD.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(word -> !OPERATORS.contains(word))
                .forEach(metrics::add);
        return new PromQuery(metrics, labels);
    }

    private static String taken(Pattern pattern, String from, Set<String> labels) {
        pattern.matcher(from)
                .results()
                .forEach(found -> WORD.matcher(found.group(1)).results().forEach(word -> labels.add(word.group())));
        return pattern.matcher(from).replaceAll(" ");
    }

    /** The labels that a line's name in a panel shows. */
    static Set<String> labelsOfLegend(String legend) {
        Set<String> labels = new TreeSet<>();
        IN_LEGEND.matcher(legend).results().forEach(found -> labels.add(found.group(1)));
        return labels;
    }
}
