package dev.llmgateway.store.sql;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;

/** The words that a query may use. A function belongs here only if it reads nothing, changes nothing and cannot make much of little. */
final class Vocabulary {

    static final Set<String> AGGREGATES = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "regr_slope",
            "bool_and",
            "bool_or",
            "every",
            "percentile_cont",
            "percentile_disc",
            "mode",
            "string_agg");

    private static final Set<String> WINDOW = Set.of(
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value");

    private static final Set<String> TIME =
            Set.of("now", "date_trunc", "date_part", "date_bin", "age", "to_char", "justify_hours");

    private static final Set<String> NUMBERS = Set.of(
            "abs",
            "ceil",
            "ceiling",
            "floor",
            "round",
            "trunc",
            "sign",
            "mod",
            "sqrt",
            "ln",
            "log",
            "div",
            "width_bucket");

    private static final Set<String> TEXTS = Set.of(
            "lower",
            "upper",
            "initcap",
            "length",
            "char_length",
            "left",
            "right",
            "substr",
            "substring",
            "strpos",
            "split_part",
            "btrim",
            "ltrim",
            "rtrim",
            "trim",
            "starts_with",
            "concat",
            "jsonb_array_length",
            "jsonb_typeof");

    private static final Set<String> CHOICES = Set.of("coalesce", "nullif", "greatest", "least");

    /** These make longer texts out of short ones, over and over when they are nested. */
    static final Set<String> GROWING = Set.of("concat", "string_agg", "||");

    static final Set<String> TYPES = Set.of(
            "text",
            "varchar",
            "character varying",
            "int",
            "int2",
            "int4",
            "int8",
            "integer",
            "bigint",
            "smallint",
            "numeric",
            "decimal",
            "real",
            "float",
            "float4",
            "float8",
            "double precision",
            "boolean",
            "bool",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "timestamp with time zone",
            "timestamp without time zone",
            "interval");

    static final Set<String> TIME_KEYS = Set.of("current_date", "current_timestamp", "localtimestamp");

    static final Set<String> FIELDS = Set.of(
            "epoch",
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "second",
            "milliseconds",
            "dow",
            "isodow",
            "doy",
            "isoyear");

    static final Set<Class<?>> OPERATIONS = Set.of(
            Addition.class,
            Subtraction.class,
            Multiplication.class,
            Division.class,
            Modulo.class,
            Concat.class,
            AndExpression.class,
            OrExpression.class,
            EqualsTo.class,
            NotEqualsTo.class,
            GreaterThan.class,
            GreaterThanEquals.class,
            MinorThan.class,
            MinorThanEquals.class);

    static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "||", "AND", "OR", "=", "<>", "!=", ">", ">=", "<", "<=");

    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax", "oid");

    private Vocabulary() {}

    /** All functions, by name. */
    static Set<String> functions() {
        Set<String> all = new TreeSet<>();
        List.of(AGGREGATES, WINDOW, TIME, NUMBERS, TEXTS, CHOICES).forEach(all::addAll);
        return all;
    }

    static boolean isFunction(String name) {
        return AGGREGATES.contains(name)
                || WINDOW.contains(name)
                || TIME.contains(name)
                || NUMBERS.contains(name)
                || TEXTS.contains(name)
                || CHOICES.contains(name);
    }

    static boolean isSystemColumn(String name) {
        return SYSTEM_COLUMNS.contains(name);
    }
}
