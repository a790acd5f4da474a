package dev.llmgateway.store.sql;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * Decides which SQL of an unknown writer may be executed: one SELECT about the {@link QueryTables}, made of known parts. Stateless
 * and thread safe.
 *
 * <pre>{@code
 * SafeQuery query = SqlGuard.check("select model, sum(cost_usd) from proxy_records group by model");
 * QueryResult result = runner.run(query);
 * }</pre>
 *
 * The text itself is never executed. It is parsed, and a new text is written from those parts of the tree that the guard knows;
 * functions, types and operators are taken from lists, names are looked up in the tables and aliases that the query has, and
 * everything that is not known is refused. So comments, quoting and encodings cannot hide anything. Whatever the tree has and the
 * writers do not look at (locks, INTO, hints, clauses of other databases) shows, since then the new text differs from the parser's
 * own rendering: that is refused, too.
 */
public final class SqlGuard {

    /** Answers have at most so many rows. */
    public static final int MOST_ROWS = 1_000;

    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 20;
    private static final int FARTHEST = 100_000;
    /** So much of what is not allowed is shown. */
    private static final int SHOWN = 30;

    private static final int PARSING_MILLIS = 2_000;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}&&[^\\n\\r\\t]]");
    private static final Pattern NO_MATTER = Pattern.compile("[\\s\"]+");

    private SqlGuard() {}

    /**
     * The query that may be executed instead of a text.
     *
     * @throws RefusedSql when none may
     */
    public static SafeQuery check(String sql) {
        requireReadable(sql);
        Select select = parse(sql);
        int own = select.getLimit() == null ? Integer.MAX_VALUE : rows(select.getLimit());
        int offset = select.getOffset() == null ? 0 : offset(select.getOffset());
        select.setLimit(null);
        select.setOffset(null);
        QueryWriter writer = new QueryWriter();
        String with = writer.with(select.getWithItemsList());
        select.setWithItemsList(null);
        String body = writer.query(select);
        requireNothingElse(body, select.toString());
        return new SafeQuery(with, body, Math.min(own, MOST_ROWS), own > MOST_ROWS, offset);
    }

    /** What is allowed, in words, for whoever is to write a query; one rule a line. */
    public static String rules() {
        return """
                - One SELECT, which may begin with WITH of SELECTs, not RECURSIVE; only these tables, without names of schemas.
                - JOIN ... ON with an equality between columns of both tables, or USING. No CROSS JOIN, no commas, no LATERAL, no \
                VALUES, no functions in FROM, at most 4 tables joined.
                - WHERE, GROUP BY, HAVING, WINDOW, ORDER BY, LIMIT, OFFSET, DISTINCT, UNION, INTERSECT, EXCEPT, subqueries. No \
                GROUPING SETS, ROLLUP or CUBE, no FETCH, no locks. LIMIT is a whole number, at most 1000.
                - Operators: + - * / %% || = <> < <= > >= AND OR NOT IN BETWEEN LIKE ILIKE IS CASE, AT TIME ZONE, and -> and ->> of \
                JSON. No regular expressions, no rows such as (a, b), no arrays.
                - Functions: %s, extract, current_date, current_timestamp. FILTER, OVER and WITHIN GROUP are allowed. \
                substring takes plain numbers only, substr takes any.
                - Casts to: %s.
                - Texts in '...' only; intervals as INTERVAL '7 days'; names in plain letters, digits and _.
                """.formatted(
                        String.join(", ", Vocabulary.functions()), String.join(", ", new TreeSet<>(Vocabulary.TYPES)));
    }

    private static void requireReadable(String sql) {
        if (sql.isBlank()) {
            throw new RefusedSql("there is no query: it must be one SELECT");
        }
        if (sql.length() > LONGEST) {
            throw new RefusedSql("the query has " + sql.length() + " characters: it must have at most " + LONGEST);
        }
        if (UNSEEN.matcher(sql).find()) {
            throw new RefusedSql("the query has invisible characters: only visible ones are allowed");
        }
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth > DEEPEST) {
                throw new RefusedSql("parentheses within more than " + DEEPEST + " others are not allowed");
            }
        }
    }

    private static Select parse(String sql) {
        List<Statement> statements;
        try {
            statements = CCJSqlParserUtil.parseStatements(sql, parser -> parser.withTimeOut(PARSING_MILLIS));
        } catch (JSQLParserException | RuntimeException e) {
            throw new RefusedSql(
                    "this cannot be read as SQL" + where(e) + ": it must be one SELECT in plain PostgreSQL");
        }
        if (statements.size() != 1) {
            throw new RefusedSql("there are " + statements.size() + " statements: it must be one SELECT");
        }
        if (statements.getFirst() instanceof Select select) {
            return select;
        }
        throw new RefusedSql("this is no SELECT: only SELECT is allowed");
    }

    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");

    private static String where(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            var place = PLACE.matcher(String.valueOf(cause.getMessage()));
            if (place.find()) {
                return " (line " + place.group(1) + ", column " + place.group(2) + ")";
            }
        }
        return "";
    }

    /** The number that a LIMIT says, which must be all that it says. */
    static int rows(Limit limit) {
        return wholeNumber("LIMIT", String.valueOf(limit.getRowCount()), limit.toString(), Integer.MAX_VALUE);
    }

    /** The number that an OFFSET says, which must be all that it says. */
    static int offset(Offset offset) {
        return wholeNumber("OFFSET", String.valueOf(offset.getOffset()), offset.toString(), FARTHEST);
    }

    private static int wholeNumber(String word, String number, String all, int most) {
        if (!WHOLE_NUMBER.matcher(number).matches()
                || !squash(all).equals(squash(word + number))
                || Integer.parseInt(number) > most) {
            throw new RefusedSql(word + " must be a whole number" + (most == FARTHEST ? " up to " + FARTHEST : "")
                    + " and nothing else");
        }
        return Integer.parseInt(number);
    }

    /** What was written must be all that the parser found, but for quotes and white space. */
    static void requireNothingElse(String written, @Nullable String found) {
        String ours = squash(written);
        String theirs = squash(String.valueOf(found));
        if (!ours.equals(theirs)) {
            int at = 0;
            while (at < Math.min(ours.length(), theirs.length()) && ours.charAt(at) == theirs.charAt(at)) {
                at++;
            }
            String rest = theirs.substring(at, Math.min(theirs.length(), at + SHOWN));
            throw new RefusedSql(
                    "there is something that is not allowed at \"" + rest
                            + "\": use only plain SELECT, WITH, JOIN ... ON, WHERE, GROUP BY, HAVING, WINDOW, UNION, ORDER BY and LIMIT");
        }
    }

    private static String squash(String sql) {
        return NO_MATTER.matcher(sql).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
