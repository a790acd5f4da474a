package dev.llmgateway.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/** Writes what stands behind FROM: known tables, and joins of them that do not put every row beside every other. */
final class FromWriter {

    private static final int MOST_JOINED = 4;

    private final QueryWriter queries;
    private final ExpressionWriter expressions;
    private final Budget budget;

    FromWriter(QueryWriter queries, ExpressionWriter expressions, Budget budget) {
        this.queries = queries;
        this.expressions = expressions;
        this.budget = budget;
    }

    /** Writes the tables of a SELECT and makes them known in its scope. */
    String write(PlainSelect select, Scope scope) {
        StringBuilder sql = new StringBuilder(item(select.getFromItem(), scope));
        for (Join join : select.getJoins() == null ? List.<Join>of() : select.getJoins()) {
            sql.append(' ').append(join(join, scope));
        }
        return sql.toString();
    }

    private String item(FromItem item, Scope scope) {
        if (scope.size() == MOST_JOINED) {
            throw new RefusedSql("joining more than " + MOST_JOINED + " tables is not allowed");
        }
        budget.table();
        return switch (item) {
            case Table table -> table(table, scope);
            case LateralSubSelect lateral -> throw new RefusedSql("LATERAL is not allowed: join with ON instead");
            case ParenthesedSelect subquery -> subquery(subquery, scope);
            default ->
                throw new RefusedSql(
                        "only tables and subqueries are allowed in FROM: no functions, no VALUES, no parentheses");
        };
    }

    private String table(Table table, Scope scope) {
        if (table.getNameParts().size() != 1) {
            throw new RefusedSql("names of schemas are not allowed: write the table's name alone");
        }
        String name = SqlNames.read(table.getNameParts().getFirst());
        List<String> common = queries.commonTable(name);
        if (common == null && !QueryTables.has(name)) {
            throw new RefusedSql(
                    "there is no table " + name + ": there are " + String.join(" and ", QueryTables.names()));
        }
        List<String> columns = common == null ? QueryTables.columns(name) : common;
        return SqlNames.write(name) + alias(table.getAlias(), name, columns, scope);
    }

    private String subquery(ParenthesedSelect subquery, Scope scope) {
        Alias alias = subquery.getAlias();
        if (alias == null) {
            throw new RefusedSql("a subquery in FROM needs an alias");
        }
        QueryWriter.Written written = queries.select(subquery, scope.outer());
        return written.sql() + alias(alias, "", written.columns(), scope);
    }

    private static String alias(@Nullable Alias alias, String name, List<String> columns, Scope scope) {
        if (alias == null) {
            scope.addRelation(name, columns);
            return "";
        }
        List<String> named = alias.getAliasColumns() == null
                ? List.of()
                : alias.getAliasColumns().stream()
                        .map(it -> SqlNames.readNew(it.name))
                        .toList();
        scope.addRelation(SqlNames.readNew(alias.getName()), QueryWriter.renamed(columns, named));
        return QueryWriter.alias(alias)
                + (named.isEmpty()
                        ? ""
                        : named.stream().map(SqlNames::write).collect(Collectors.joining(", ", "(", ")")));
    }

    private String join(Join join, Scope scope) {
        if (join.isSimple() || join.isCross() || join.isNatural()) {
            throw new RefusedSql("joining every row with every other is not allowed: use JOIN ... ON with an equality");
        }
        String item = item(join.getFromItem(), scope);
        String words = (join.isInner() ? "INNER " : "")
                + (join.isLeft() ? "LEFT " : join.isRight() ? "RIGHT " : join.isFull() ? "FULL " : "")
                + (join.isOuter() ? "OUTER " : "");
        return words + "JOIN " + item + condition(join, scope);
    }

    private String condition(Join join, Scope scope) {
        if (join.getUsingColumns() != null && !join.getUsingColumns().isEmpty()) {
            return join.getUsingColumns().stream()
                    .map(column -> expressions.write(column, scope))
                    .collect(Collectors.joining(", ", " USING (", ")"));
        }
        if (join.getOnExpressions().size() != 1) {
            throw new RefusedSql("a JOIN needs one condition: ON with an equality between columns of both tables");
        }
        Expression on = join.getOnExpressions().iterator().next();
        if (conjuncts(on).stream().noneMatch(it -> connects(it, scope))) {
            throw new RefusedSql("the condition of a JOIN must contain an equality between columns of both tables");
        }
        return " ON " + expressions.write(on, scope);
    }

    private static List<Expression> conjuncts(Expression expression) {
        List<Expression> all = new ArrayList<>();
        if (expression instanceof AndExpression and) {
            all.addAll(conjuncts(and.getLeftExpression()));
            all.addAll(conjuncts(and.getRightExpression()));
        } else if (expression instanceof ParenthesedExpressionList<?> inner && inner.size() == 1) {
            all.addAll(conjuncts(inner.getFirst()));
        } else {
            all.add(expression);
        }
        return all;
    }

    private boolean connects(Expression expression, Scope scope) {
        if (!(expression instanceof EqualsTo equality)) {
            return false;
        }
        Set<String> left = expressions.relationsIn(equality.getLeftExpression(), scope);
        Set<String> right = expressions.relationsIn(equality.getRightExpression(), scope);
        return !left.isEmpty() && !right.isEmpty() && !left.equals(right);
    }
}
