package dev.llmgateway.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.expression.operators.relational.NamedExpressionList;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;

/** Writes calls of functions anew, and the windows and orders that belong to them. */
final class CallWriter {

    private final ExpressionWriter expressions;
    private final Budget budget;

    CallWriter(ExpressionWriter expressions, Budget budget) {
        this.expressions = expressions;
        this.budget = budget;
    }

    String function(Function call, Scope scope) {
        if (call.getMultipartName().size() != 1) {
            throw new RefusedSql("names of schemas are not allowed: write the function's name alone");
        }
        String name = known(call.getName());
        if (call.getNamedParameters() != null) {
            return name + "(" + named(name, call.getNamedParameters(), scope) + ")";
        }
        List<Expression> parameters = call.getParameters() == null ? List.of() : List.copyOf(call.getParameters());
        String order =
                call.getOrderByElements() == null ? "" : " ORDER BY " + orderBy(call.getOrderByElements(), scope);
        return name + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments(name, parameters, scope) + order + ")";
    }

    private String known(String called) {
        String name = ExpressionWriter.word(called);
        if (!Vocabulary.isFunction(name)) {
            throw new RefusedSql(
                    "the function " + name + " is not allowed: common aggregates, window functions and functions of"
                            + " time, numbers and texts are");
        }
        if (Vocabulary.GROWING.contains(name)) {
            budget.growing();
        }
        return name;
    }

    /** As in {@code substring(model from 1 for 3)}. */
    private String named(String function, NamedExpressionList<?> parameters, Scope scope) {
        refusePatterns(function, parameters);
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < parameters.size(); i++) {
            String word = ExpressionWriter.word(parameters.getNames().get(i));
            if (!List.of("", "from", "for").contains(word)) {
                throw new RefusedSql("the word " + word + " is not allowed in a call: write arguments with commas");
            }
            sql.append(word.isEmpty() ? "" : " " + word + " ").append(expressions.write(parameters.get(i), scope));
        }
        return sql.toString();
    }

    private String arguments(String function, List<Expression> arguments, Scope scope) {
        refusePatterns(function, arguments);
        return arguments.stream().map(it -> argument(function, it, scope)).collect(Collectors.joining(", "));
    }

    /** A text behind the first argument of {@code substring} is a regular expression, and whether an expression is a text is not known here. */
    private static void refusePatterns(String function, List<? extends Expression> arguments) {
        if (function.equals("substring") && !arguments.stream().skip(1).allMatch(LongValue.class::isInstance)) {
            throw new RefusedSql("substring takes plain numbers only, as in substring(model, 1, 3), since texts are"
                    + " regular expressions there: use substr where the place is to be reckoned");
        }
    }

    private String argument(String function, Expression argument, Scope scope) {
        if (argument instanceof AllColumns && !(argument instanceof AllTableColumns) && function.equals("count")) {
            return "*";
        }
        return expressions.write(argument, scope);
    }

    /** A call that has a FILTER, an OVER or a WITHIN GROUP. */
    String analytic(AnalyticExpression call, Scope scope) {
        String name = known(call.getName());
        String arguments = arguments(name, arguments(call), scope);
        String order = call.getFuncOrderBy() == null ? "" : " ORDER BY " + orderBy(call.getFuncOrderBy(), scope);
        String filter = call.getFilterExpression() == null
                ? ""
                : " FILTER (WHERE " + expressions.write(call.getFilterExpression(), scope) + ")";
        String all = call.isAllColumns() && arguments.isEmpty() ? "*" : "";
        return name + "(" + (call.isDistinct() ? "DISTINCT " : "") + all + arguments + order + ")" + filter
                + over(call, scope);
    }

    private static List<Expression> arguments(AnalyticExpression call) {
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : new Expression[] {call.getExpression(), call.getOffset(), call.getDefaultValue()}) {
            if (argument != null) {
                arguments.add(argument);
            }
        }
        return arguments;
    }

    private String over(AnalyticExpression call, Scope scope) {
        AnalyticType type = call.getType();
        if (type == AnalyticType.FILTER_ONLY) {
            return "";
        }
        if (type == AnalyticType.WITHIN_GROUP) {
            return " WITHIN GROUP (" + window(call.getWindowDefinition(), scope) + ")";
        }
        if (type != AnalyticType.OVER) {
            throw new RefusedSql("this form of " + call.getName() + " is not allowed: FILTER, OVER or WITHIN GROUP is");
        }
        return " OVER "
                + (call.getWindowName() == null
                        ? "(" + window(call.getWindowDefinition(), scope) + ")"
                        : SqlNames.write(SqlNames.read(call.getWindowName())));
    }

    /** A WINDOW clause. */
    String windows(List<WindowDefinition> windows, Scope scope) {
        return windows.stream()
                .map(it -> SqlNames.write(SqlNames.readNew(it.getWindowName())) + " AS (" + window(it, scope) + ")")
                .collect(Collectors.joining(", ", " WINDOW ", ""));
    }

    private String window(WindowDefinition window, Scope scope) {
        List<String> parts = new ArrayList<>();
        if (window.getPartitionExpressionList() != null
                && !window.getPartitionExpressionList().isEmpty()) {
            List<Expression> keys = new ArrayList<>();
            for (Object key : window.getPartitionExpressionList()) {
                keys.add((Expression) key);
            }
            parts.add("PARTITION BY " + expressions.list(keys, scope));
        }
        if (window.getOrderByElements() != null && !window.getOrderByElements().isEmpty()) {
            parts.add("ORDER BY " + orderBy(window.getOrderByElements(), scope));
        }
        if (window.getWindowElement() != null) {
            parts.add(frame(window.getWindowElement(), scope));
        }
        return String.join(" ", parts);
    }

    private String frame(WindowElement frame, Scope scope) {
        if (frame.getRange() == null) {
            return frame.getType() + " " + bound(frame.getOffset(), scope);
        }
        return frame.getType() + " BETWEEN " + bound(frame.getRange().getStart(), scope) + " AND "
                + bound(frame.getRange().getEnd(), scope);
    }

    private String bound(WindowOffset bound, Scope scope) {
        String far = bound.getExpression() == null ? "UNBOUNDED" : expressions.write(bound.getExpression(), scope);
        return switch (bound.getType()) {
            case CURRENT -> "CURRENT ROW";
            case PRECEDING -> far + " PRECEDING";
            case FOLLOWING -> far + " FOLLOWING";
            case EXPR -> throw new RefusedSql("a frame must be bounded by PRECEDING, FOLLOWING or CURRENT ROW");
        };
    }

    String orderBy(List<OrderByElement> order, Scope scope) {
        return order.stream().map(it -> orderBy(it, scope)).collect(Collectors.joining(", "));
    }

    private String orderBy(OrderByElement order, Scope scope) {
        String direction = order.isAscDescPresent() ? order.isAsc() ? " ASC" : " DESC" : order.isAsc() ? "" : " DESC";
        String nulls = order.getNullOrdering() == null
                ? ""
                : switch (order.getNullOrdering()) {
                    case NULLS_FIRST -> " NULLS FIRST";
                    case NULLS_LAST -> " NULLS LAST";
                };
        return expressions.write(order.getExpression(), scope) + direction + nulls;
    }

    String trim(TrimFunction trim, Scope scope) {
        String which = trim.getTrimSpecification() == null ? "" : trim.getTrimSpecification() + " ";
        String what = trim.getExpression() == null ? "" : expressions.write(trim.getExpression(), scope);
        String from = trim.getFromExpression() == null
                ? ""
                : (trim.isUsingFromKeyword() ? " FROM " : ", ") + expressions.write(trim.getFromExpression(), scope);
        return "trim(" + which + what + from + ")";
    }
}
