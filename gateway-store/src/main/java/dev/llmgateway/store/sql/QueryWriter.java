package dev.llmgateway.store.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Writes one query anew, from those parts that are known. Not thread safe; one for each query. */
final class QueryWriter {

    private static final Set<String> SET_OPERATIONS =
            Set.of("union", "union all", "union distinct", "intersect", "intersect all", "except", "except all");

    /** What was written of a SELECT, and the names of its columns; a column without a name has an empty one. */
    record Written(String sql, List<String> columns) {}

    private final Budget budget = new Budget();
    private final ExpressionWriter expressions = new ExpressionWriter(this, budget);
    private final FromWriter from = new FromWriter(this, expressions, budget);

    /** Common tables by name, with their columns. */
    private final Map<String, List<String>> common = new LinkedHashMap<>();

    /** The elements of the outermost WITH clause. */
    String with(@Nullable List<WithItem<?>> items) {
        List<String> written = new ArrayList<>();
        for (WithItem<?> item : items == null ? List.<WithItem<?>>of() : items) {
            written.add(commonTable(item));
        }
        return String.join(", ", written);
    }

    private String commonTable(WithItem<?> item) {
        if (item.isRecursive()) {
            throw new RefusedSql("WITH RECURSIVE is not allowed: only plain WITH is");
        }
        if (item.getAlias() == null || !(item.getParenthesedStatement() instanceof ParenthesedSelect select)) {
            throw new RefusedSql("WITH must contain SELECTs only: nothing can be changed");
        }
        String name = SqlNames.readNew(item.getAlias().getName());
        if (QueryTables.has(name) || common.containsKey(name)) {
            throw new RefusedSql("the name " + name + " is taken: give the WITH query another one");
        }
        Written body = select(select, null);
        List<String> named = item.getWithItemList() == null
                ? List.of()
                : item.getWithItemList().stream()
                        .map(it -> SqlNames.readNew(it.toString()))
                        .toList();
        String columns = named.isEmpty()
                ? ""
                : "(" + named.stream().map(SqlNames::write).collect(Collectors.joining(", ")) + ")";
        String kept = item.isMaterialized() ? item.isUsingNot() ? "NOT MATERIALIZED " : "MATERIALIZED " : "";
        String sql = SqlNames.write(name) + columns + " AS " + kept + body.sql();
        SqlGuard.requireNothingElse(sql, item.toString());
        common.put(name, renamed(body.columns(), named));
        return sql;
    }

    /** Columns whose first ones have new names. */
    static List<String> renamed(List<String> columns, List<String> names) {
        if (names.isEmpty()) {
            return columns;
        }
        List<String> renamed = new ArrayList<>(names);
        renamed.addAll(columns.subList(Math.min(names.size(), columns.size()), columns.size()));
        return renamed;
    }

    /** The columns of a common table; null when there is none of this name. */
    @Nullable
    List<String> commonTable(String name) {
        return common.get(name);
    }

    /** The outermost SELECT. */
    String query(Select select) {
        return select(select, null).sql();
    }

    /** A SELECT within others, or the outermost one. */
    Written select(Select select, @Nullable Scope outer) {
        budget.select();
        if (select.getWithItemsList() != null) {
            throw new RefusedSql("WITH within a subquery is not allowed: put it at the beginning");
        }
        return switch (select) {
            case LateralSubSelect lateral -> throw new RefusedSql("LATERAL is not allowed: join with ON instead");
            case ParenthesedSelect inner -> parenthesed(inner, outer);
            case PlainSelect plain -> plain(plain, outer);
            case SetOperationList operations -> operations(operations, outer);
            default -> throw new RefusedSql("VALUES, TABLE and the like are not allowed: only SELECT is");
        };
    }

    private Written parenthesed(ParenthesedSelect select, @Nullable Scope outer) {
        Written inner = select(select.getSelect(), outer);
        Scope scope = new Scope(outer);
        scope.countOutputs(inner.columns());
        return new Written("(" + inner.sql() + ")" + tail(select, scope), inner.columns());
    }

    private Written operations(SetOperationList list, @Nullable Scope outer) {
        StringBuilder sql = new StringBuilder();
        List<String> columns = List.of();
        for (int i = 0; i < list.getSelects().size(); i++) {
            if (i > 0) {
                String operation = list.getOperations().get(i - 1).toString();
                if (!SET_OPERATIONS.contains(ExpressionWriter.word(operation))) {
                    throw new RefusedSql(operation + " is not allowed: UNION, INTERSECT and EXCEPT are");
                }
                sql.append(' ').append(operation).append(' ');
            }
            Written one = select(list.getSelects().get(i), outer);
            columns = i == 0 ? one.columns() : columns;
            sql.append(one.sql());
        }
        Scope scope = new Scope(outer);
        scope.countOutputs(columns);
        return new Written(sql + tail(list, scope), columns);
    }

    private Written plain(PlainSelect select, @Nullable Scope outer) {
        Scope scope = new Scope(outer);
        String tables = select.getFromItem() == null ? "" : " FROM " + from.write(select, scope);
        List<String> columns = new ArrayList<>();
        String items = select.getSelectItems().stream()
                .map(item -> item(item, scope, columns))
                .collect(Collectors.joining(", "));
        String where = clause(" WHERE ", select.getWhere(), scope);
        String having = clause(" HAVING ", select.getHaving(), scope);
        String windows = select.getWindowDefinitions() == null
                ? ""
                : expressions.calls().windows(select.getWindowDefinitions(), scope);
        scope.countOutputs(columns);
        String distinct = select.getDistinct() == null ? "" : distinct(select.getDistinct(), scope);
        String groups = select.getGroupBy() == null ? "" : groupBy(select.getGroupBy(), scope);
        String sql = "SELECT " + distinct + items + tables + where + groups + having + windows + tail(select, scope);
        return new Written(sql, columns);
    }

    private String clause(String word, @Nullable Expression expression, Scope scope) {
        return expression == null ? "" : word + expressions.write(expression, scope);
    }

    private String item(SelectItem<?> item, Scope scope, List<String> columns) {
        Expression expression = item.getExpression();
        if (expression instanceof AllTableColumns all && item.getAlias() == null) {
            String relation = SqlNames.read(all.getTable().toString());
            columns.addAll(scope.columnsOf(relation));
            return SqlNames.write(relation) + ".*";
        }
        if (expression instanceof AllColumns && item.getAlias() == null) {
            columns.addAll(scope.allColumns());
            return "*";
        }
        String sql = expressions.write(expression, scope);
        if (item.getAlias() == null) {
            columns.add(ExpressionWriter.nameOf(expression));
            return sql;
        }
        columns.add(SqlNames.readNew(item.getAlias().getName()));
        return sql + alias(item.getAlias());
    }

    /** An alias that is a name only. Without AS a word might be taken for something else, unless it is in quotes. */
    static String alias(Alias alias) {
        String name = SqlNames.readNew(alias.getName());
        return alias.isUseAs() ? " AS " + SqlNames.write(name) : " \"" + name + '"';
    }

    private String distinct(Distinct distinct, Scope scope) {
        if (distinct.getOnSelectItems() == null) {
            return "DISTINCT ";
        }
        return distinct.getOnSelectItems().stream()
                .map(item -> expressions.write(item.getExpression(), scope))
                .collect(Collectors.joining(", ", "DISTINCT ON (", ") "));
    }

    private String groupBy(GroupByElement groups, Scope scope) {
        if (groups.getGroupingSets() != null && !groups.getGroupingSets().isEmpty()) {
            throw new RefusedSql("GROUPING SETS is not allowed: plain GROUP BY is");
        }
        String keys = expressions.list(groups.getGroupByExpressionList(), scope);
        boolean brackets = groups.getGroupByExpressionList() instanceof ParenthesedExpressionList;
        return " GROUP BY " + (brackets ? "(" + keys + ")" : keys);
    }

    /** What may stand at the end of every SELECT. */
    private String tail(Select select, Scope scope) {
        if (select.getFetch() != null) {
            throw new RefusedSql("FETCH is not allowed: use LIMIT");
        }
        String order = select.getOrderByElements() == null
                ? ""
                : " ORDER BY " + expressions.calls().orderBy(select.getOrderByElements(), scope);
        String limit = select.getLimit() == null ? "" : " LIMIT " + SqlGuard.rows(select.getLimit());
        String offset = select.getOffset() == null ? "" : " OFFSET " + SqlGuard.offset(select.getOffset());
        return order + limit + offset;
    }
}
