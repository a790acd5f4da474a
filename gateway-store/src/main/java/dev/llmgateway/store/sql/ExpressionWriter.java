package dev.llmgateway.store.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import org.jspecify.annotations.Nullable;

/** Writes expressions anew. A kind of expression that has no case here is refused. */
final class ExpressionWriter {

    private static final int LONGEST_TEXT = 200;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,15}(\\.[0-9]{0,15})?([eE][+-]?[0-9]{1,2})?");
    private static final Pattern TIME = Pattern.compile("'[0-9A-Za-z :.+/-]{1,40}'");
    private static final Pattern PRECISION = Pattern.compile(" ?\\( ?[0-9]{1,2} ?(, ?[0-9]{1,2} ?)?\\)$");

    private final QueryWriter queries;
    private final Budget budget;
    private final CallWriter calls;

    ExpressionWriter(QueryWriter queries, Budget budget) {
        this.queries = queries;
        this.budget = budget;
        this.calls = new CallWriter(this, budget);
    }

    CallWriter calls() {
        return calls;
    }

    String write(Expression expression, Scope scope) {
        return switch (expression) {
            case Column column -> column(column, scope);
            case DateUnitExpression word -> column(null, word.toString(), scope);
            case LongValue number -> number(number.getStringValue());
            case DoubleValue number -> number(number.toString());
            case StringValue text -> text(text);
            case NullValue nothing -> "NULL";
            case BooleanValue truth -> truth.getValue() ? "true" : "false";
            case TimeKeyExpression now -> timeKey(now);
            case DateTimeLiteralExpression time -> time.getType() + " " + time(time.getValue());
            case IntervalExpression interval -> "INTERVAL " + time(String.valueOf(interval.getParameter()));
            case Function call -> calls.function(call, scope);
            case AnalyticExpression call -> calls.analytic(call, scope);
            case TrimFunction trim -> calls.trim(trim, scope);
            case ParenthesedSelect subquery -> queries.select(subquery, scope).sql();
            case RowConstructor<?> row -> throw unknown(row);
            case ParenthesedExpressionList<?> inner -> "(" + write(only(inner), scope) + ")";
            case BinaryExpression operation -> binary(operation, scope);
            default -> special(expression, scope);
        };
    }

    private String special(Expression expression, Scope scope) {
        return switch (expression) {
            case CaseExpression choice -> choice(choice, scope);
            case CastExpression cast -> cast(cast, scope);
            case ExtractExpression part -> extract(part, scope);
            case TimezoneExpression time ->
                write(time.getLeftExpression(), scope)
                        + time.getTimezoneExpressions().stream()
                                .map(zone -> " AT TIME ZONE " + write(zone, scope))
                                .collect(Collectors.joining());
            case JsonExpression json -> json(json, scope);
            case NotExpression not -> "NOT " + write(not.getExpression(), scope);
            case SignedExpression signed -> sign(signed.getSign()) + write(signed.getExpression(), scope);
            case Between between -> between(between, scope);
            case InExpression in ->
                write(in.getLeftExpression(), scope) + not(in.isNot()) + " IN "
                        + members(in.getRightExpression(), scope);
            case IsNullExpression is -> write(is.getLeftExpression(), scope) + " IS" + not(is.isNot()) + " NULL";
            case IsBooleanExpression is ->
                write(is.getLeftExpression(), scope) + " IS" + not(is.isNot()) + (is.isTrue() ? " TRUE" : " FALSE");
            case ExistsExpression exists ->
                (exists.isNot() ? "NOT " : "") + "EXISTS " + write(exists.getRightExpression(), scope);
            default -> throw unknown(expression);
        };
    }

    /** Several expressions, separated by commas. */
    String list(@Nullable List<? extends Expression> all, Scope scope) {
        return all == null ? "" : all.stream().map(it -> write(it, scope)).collect(Collectors.joining(", "));
    }

    private String column(Column column, Scope scope) {
        if (column.getTable() == null) {
            return column(null, column.getColumnName(), scope);
        }
        if (column.getTable().getNameParts().size() != 1) {
            throw new RefusedSql("names of schemas are not allowed: write table.column, or the column alone");
        }
        return column(column.getTable().getNameParts().getFirst(), column.getColumnName(), scope);
    }

    private static String column(@Nullable String table, String column, Scope scope) {
        String name = SqlNames.read(column);
        String relation = table == null ? null : SqlNames.read(table);
        scope.find(relation, name);
        return (relation == null ? "" : SqlNames.write(relation) + ".") + SqlNames.write(name);
    }

    private static String number(String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new RefusedSql("the number " + number + " is too long or not plain");
        }
        return number;
    }

    private static String text(StringValue text) {
        String value = text.getValue();
        if (text.getPrefix() != null || !"'".equals(text.getQuoteStr())) {
            throw new RefusedSql("texts with a prefix or in $$ are not allowed: only '...' is");
        }
        if (value.length() > LONGEST_TEXT || value.contains("\\")) {
            throw new RefusedSql("texts must have at most " + LONGEST_TEXT + " characters, none of them a backslash");
        }
        return "'" + value.replace("''", "'").replace("'", "''") + "'";
    }

    private static String time(String quoted) {
        if (!TIME.matcher(quoted).matches()) {
            throw new RefusedSql("a date, time or interval must be in quotes, as in INTERVAL '7 days'");
        }
        return quoted;
    }

    private static String timeKey(TimeKeyExpression now) {
        String word = word(now.getStringValue());
        if (!Vocabulary.TIME_KEYS.contains(word)) {
            throw new RefusedSql(word + " is not allowed: now(), current_date and current_timestamp are");
        }
        return word;
    }

    private static Expression only(ExpressionList<?> list) {
        if (list.size() != 1) {
            throw new RefusedSql("rows such as (a, b) are not allowed: compare single values");
        }
        return list.getFirst();
    }

    private String binary(BinaryExpression operation, Scope scope) {
        String operator = switch (operation) {
            case LikeExpression like -> like(like);
            case IsDistinctExpression is -> "IS" + not(is.isNot()) + " DISTINCT FROM";
            default -> operator(operation);
        };
        String escape = operation instanceof LikeExpression like && like.getEscape() != null
                ? " ESCAPE " + write(like.getEscape(), scope)
                : "";
        return write(operation.getLeftExpression(), scope) + " " + operator + " "
                + write(operation.getRightExpression(), scope) + escape;
    }

    private String operator(BinaryExpression operation) {
        String operator = operation.getStringExpression();
        if (!Vocabulary.OPERATIONS.contains(operation.getClass()) || !Vocabulary.OPERATORS.contains(operator)) {
            throw new RefusedSql("the operator " + operator + " is not allowed: "
                    + String.join(" ", new TreeSet<>(Vocabulary.OPERATORS)) + ", LIKE, ILIKE, IN, BETWEEN and IS are");
        }
        if (Vocabulary.GROWING.contains(operator)) {
            budget.growing();
        }
        return operator;
    }

    private static String like(LikeExpression like) {
        return switch (like.getLikeKeyWord()) {
            case LIKE, ILIKE -> (like.isNot() ? "NOT " : "") + like.getLikeKeyWord();
            default -> throw new RefusedSql("regular expressions are not allowed: use LIKE or ILIKE");
        };
    }

    private String choice(CaseExpression choice, Scope scope) {
        StringBuilder sql = new StringBuilder("CASE ");
        if (choice.getSwitchExpression() != null) {
            sql.append(write(choice.getSwitchExpression(), scope)).append(' ');
        }
        for (WhenClause when : choice.getWhenClauses()) {
            sql.append("WHEN ").append(write(when.getWhenExpression(), scope));
            sql.append(" THEN ").append(write(when.getThenExpression(), scope)).append(' ');
        }
        if (choice.getElseExpression() != null) {
            sql.append("ELSE ").append(write(choice.getElseExpression(), scope)).append(' ');
        }
        return sql.append("END").toString();
    }

    private String cast(CastExpression cast, Scope scope) {
        String type = word(String.valueOf(cast.getColDataType()));
        if (!Vocabulary.TYPES.contains(PRECISION.matcher(type).replaceFirst(""))) {
            throw new RefusedSql("the type " + type + " is not allowed: texts, numbers, boolean, dates and times are");
        }
        String value = write(cast.getLeftExpression(), scope);
        return cast.isUseCastKeyword() ? "cast(" + value + " AS " + type + ")" : value + "::" + type;
    }

    private String extract(ExtractExpression part, Scope scope) {
        String field = word(part.getName());
        if (!Vocabulary.FIELDS.contains(field)) {
            throw new RefusedSql("EXTRACT of " + field + " is not allowed: of "
                    + String.join(", ", new TreeSet<>(Vocabulary.FIELDS)) + " it is");
        }
        return "EXTRACT(" + field + " FROM " + write(part.getExpression(), scope) + ")";
    }

    private String json(JsonExpression json, Scope scope) {
        StringBuilder sql = new StringBuilder(write(json.getExpression(), scope));
        for (Map.Entry<Expression, String> step : json.getIdentList()) {
            if (!step.getValue().equals("->") && !step.getValue().equals("->>")) {
                throw new RefusedSql("of the operators of JSON only -> and ->> are allowed");
            }
            sql.append(' ').append(step.getValue()).append(' ').append(write(step.getKey(), scope));
        }
        return sql.toString();
    }

    private String between(Between between, Scope scope) {
        return write(between.getLeftExpression(), scope) + not(between.isNot()) + " BETWEEN "
                + write(between.getBetweenExpressionStart(), scope) + " AND "
                + write(between.getBetweenExpressionEnd(), scope);
    }

    private String members(Expression members, Scope scope) {
        return switch (members) {
            case ParenthesedSelect subquery -> write(subquery, scope);
            case RowConstructor<?> row -> throw unknown(row);
            case ParenthesedExpressionList<?> list -> "(" + list(list, scope) + ")";
            default -> throw new RefusedSql("IN needs a list or a subquery in parentheses");
        };
    }

    private static char sign(char sign) {
        if (sign != '-' && sign != '+') {
            throw new RefusedSql("the operator " + sign + " is not allowed");
        }
        return sign;
    }

    private static String not(boolean is) {
        return is ? " NOT" : "";
    }

    private static RefusedSql unknown(Expression expression) {
        return new RefusedSql(
                "an expression of the kind " + expression.getClass().getSimpleName()
                        + " is not allowed: plain columns, numbers, texts, functions, CASE, casts and subqueries are");
    }

    /** A word, or several, of SQL in one spelling. */
    static String word(String words) {
        return words.trim().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** The relations whose columns an expression names. */
    Set<String> relationsIn(Expression expression, Scope scope) {
        Set<String> found = new TreeSet<>();
        Scope watched = scope.watchedBy(found::add);
        write(expression, watched);
        return found;
    }

    /** The name that PostgreSQL gives a column of a SELECT that has no alias; empty when it has none to be relied on. */
    static String nameOf(Expression expression) {
        return switch (expression) {
            case Column column -> SqlNames.read(column.getColumnName());
            case DateUnitExpression word -> SqlNames.read(word.toString());
            case Function call -> word(String.valueOf(call.getName()));
            case AnalyticExpression call -> word(call.getName());
            case CastExpression cast -> nameOf(cast.getLeftExpression());
            case ExtractExpression part -> "extract";
            default -> "";
        };
    }
}
