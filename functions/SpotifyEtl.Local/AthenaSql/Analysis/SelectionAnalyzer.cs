using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what a SELECT means.</summary>
internal sealed class SelectionAnalyzer(QueryAnalyzer queries, Selection selection, Query query)
{
    private readonly QueryAnalyzer _queries = queries.WithWindows(selection.Windows);

    public AnalyzedQuery Analyze(Scope? outer)
    {
        var from = selection.From is null ? new AnalyzedRelation("", []) : new Relations(queries, outer).Analyze(selection.From);
        Scope scope = new(from.Fields, outer);
        var where = selection.Where is null ? "" : $" WHERE {In(scope, Clause.Where).Condition(selection.Where, "WHERE clause").Sql}";
        var groups = selection.Grouping is null ? null : new GroupingAnalyzer(In(scope, Clause.GroupBy), ItemAt).Analyze(selection.Grouping);
        scope.GroupKeys = groups?.Keys ?? new HashSet<string>(StringComparer.Ordinal);
        scope.Ungrouped = [];

        var select = In(scope, Clause.Select);
        var items = selection.Items.SelectMany(item => Items(item, select, scope)).ToList();
        if (items.Count == 0)
        {
            throw selection.At.Fault("SELECT * not allowed in queries without FROM clause");
        }

        var having = In(scope, Clause.Having);
        var condition = selection.Having is null ? "" : $" HAVING {having.Condition(selection.Having, "HAVING clause").Sql}";
        var order = In(OrderScope(items, scope), Clause.OrderBy);
        OrderedSelect ordered = new([.. items.Select(item => item.Value)], query, key => order.Analyze(key));
        var isGrouped = groups is not null || selection.Having is not null || select.HasAggregates || order.HasAggregates;
        if (isGrouped && scope.Ungrouped is [var first, ..])
        {
            throw first.At.Fault($"'{first.Name}' must be an aggregate expression or appear in GROUP BY clause");
        }

        var sql = ordered.Render(
            (from.Sql.Length == 0 ? "" : $"FROM {from.Sql}") + where, (groups is null ? "" : $" GROUP BY {groups.Sql}") + condition, selection.IsDistinct);
        return new AnalyzedQuery(sql, [.. items.Select(item => new OutputColumn(item.Name, item.Value.Type, item.Value.Field?.TypedTable))]);
    }

    private ExpressionAnalyzer In(Scope scope, Clause clause) => new(queries.Statement, _queries, scope, clause);

    // What stands in GROUP BY by its place.
    private Expression ItemAt(int place, Position at)
    {
        var items = selection.Items;
        return place >= 1 && place <= items.Count && items.Take(place).All(item => item.Value is not null)
            ? items[place - 1].Value!
            : throw at.Fault($"GROUP BY position {place} is not in select list");
    }

    private static Scope OrderScope(List<Item> items, Scope scope)
    {
        var fields = items.Where(item => item.Name is not null)
            .Select(item => new Field(item.Name, item.Value.Type, item.Value.Sql)
            {
                IsOutput = true,
                TypedTable = item.Value.Field?.TypedTable,
                Qualifier = item.Value.Field?.Qualifier ?? [],
            });
        return new Scope([.. fields], scope) { OrderOf = scope, GroupKeys = scope.GroupKeys, Ungrouped = scope.Ungrouped };
    }

    private static IEnumerable<Item> Items(SelectItem item, ExpressionAnalyzer expressions, Scope scope)
    {
        if (item.Value is { } expression)
        {
            var value = expressions.Analyze(expression);
            yield return new Item(item.Alias ?? NameOf(expression, value), value);
            yield break;
        }

        if (item.Star is not null && Names.Parts(item.Star) is null)
        {
            throw item.At.Fault("Only the columns of a relation can be taken by .*");
        }

        var parts = item.Star is null ? [] : Names.Parts(item.Star)!;
        var fields = Fields(scope, parts);
        if (fields.Count == 0)
        {
            throw item.At.Fault(parts.Count == 0
                ? "SELECT * not allowed in queries without FROM clause"
                : $"Unable to resolve reference {string.Join('.', parts)}");
        }

        if (item.StarNames is { } names && names.Count != fields.Count)
        {
            throw item.At.Fault($"Column alias list has {names.Count} entries but relation has {fields.Count} columns");
        }

        for (var place = 0; place < fields.Count; place++)
        {
            var field = fields[place];
            Value value = new(field.Type, field.Sql) { Field = field };
            var isKey = scope.GroupKeys?.Contains(field.Sql) is true;
            if (!isKey)
            {
                scope.Ungrouped?.Add(new UngroupedColumn(field.Name ?? "*", item.At));
            }

            yield return new Item(item.StarNames?[place] ?? field.Name, isKey ? GroupingAnalyzer.OfGroup(value) : value);
        }
    }

    // A query inside another may take all columns of a relation outside.
    private static List<Field> Fields(Scope? scope, IReadOnlyList<string> relation)
    {
        for (; scope is not null; scope = relation.Count == 0 ? null : scope.Parent)
        {
            var fields = scope.Fields.Where(field => !field.IsHidden && (relation.Count == 0 || field.IsOf(relation))).ToList();
            if (fields.Count > 0)
            {
                return fields;
            }
        }

        return [];
    }

    private static string? NameOf(Expression expression, Value value) => expression switch
    {
        NameExpression name => value.Field?.Name ?? name.Name,
        Dereference dereference => dereference.Name,
        _ => null,
    };

    private sealed record Item(string? Name, Value Value);
}
