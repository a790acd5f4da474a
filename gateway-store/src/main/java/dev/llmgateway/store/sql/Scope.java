package dev.llmgateway.store.sql;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The names that mean something at one place of a query. Whatever is not found here is refused. Not thread safe. */
final class Scope {

    private final @Nullable Scope outer;
    private final Map<String, List<String>> relations = new LinkedHashMap<>();
    private final Set<String> outputs = new LinkedHashSet<>();
    private final Consumer<String> watcher;
    private boolean outputsCount;

    /** The scope of a SELECT within another one, or of the outermost one. */
    Scope(@Nullable Scope outer) {
        this(outer, found -> {});
    }

    private Scope(@Nullable Scope outer, Consumer<String> watcher) {
        this.outer = outer;
        this.watcher = watcher;
    }

    /** The same names; the watcher is told which relations of this SELECT are meant by those that are looked up. */
    Scope watchedBy(Consumer<String> watcher) {
        Scope watched = new Scope(outer, watcher);
        watched.relations.putAll(relations);
        return watched;
    }

    /** The scope around this one. */
    @Nullable
    Scope outer() {
        return outer;
    }

    void addRelation(String name, List<String> columns) {
        if (relations.putIfAbsent(name, columns) != null) {
            throw new RefusedSql("the name " + name + " stands for two tables: give each an alias of its own");
        }
    }

    int size() {
        return relations.size();
    }

    /** All columns of all relations, as {@code *} has them. */
    List<String> allColumns() {
        return relations.values().stream().flatMap(List::stream).toList();
    }

    /** The columns of one relation of this SELECT, as {@code name.*} has them. */
    List<String> columnsOf(String relation) {
        List<String> columns = relations.get(relation);
        if (columns == null) {
            throw new RefusedSql("there is no table or alias " + relation + " here");
        }
        return columns;
    }

    /** From now on the names of the SELECT's own columns count, too, as they do in ORDER BY and GROUP BY. */
    void countOutputs(List<String> names) {
        outputs.addAll(names);
        outputsCount = true;
    }

    /**
     * Looks a column up.
     *
     * @param relation null when the query names the column alone
     * @throws RefusedSql when there is none
     */
    void find(@Nullable String relation, String column) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            String found = relation == null ? scope.relationWith(column) : scope.knows(relation, column);
            if (found != null) {
                scope.watcher.accept(found);
                return;
            }
            if (relation == null && scope.outputsCount && scope.outputs.contains(column)) {
                return;
            }
        }
        throw new RefusedSql(
                "there is no column " + (relation == null ? "" : relation + ".") + column + ": " + known());
    }

    private @Nullable String relationWith(String column) {
        for (Map.Entry<String, List<String>> relation : relations.entrySet()) {
            if (relation.getValue().contains(column)) {
                return relation.getKey();
            }
        }
        return null;
    }

    private @Nullable String knows(String relation, String column) {
        List<String> columns = relations.get(relation);
        return columns != null && columns.contains(column) ? relation : null;
    }

    private String known() {
        Set<String> names = new TreeSet<>(allColumns());
        if (outputsCount) {
            names.addAll(outputs);
        }
        return names.isEmpty() ? "none is known here" : "known here are " + String.join(", ", names);
    }
}
