using System.Runtime.CompilerServices;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what gives rows without being a SELECT: VALUES, TABLE, set operations, queries in parentheses.</summary>
internal sealed class Bodies(QueryAnalyzer queries)
{
    public AnalyzedQuery Analyze(QueryBody body, Scope? outer)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw body.At.Fault("The query is nested too deeply.");
        }

        return body switch
        {
            Selection => queries.Analyze(new Query(body, body.At), outer),
            NestedBody nested => queries.Analyze(nested.Query, outer),
            ValuesBody values => Values(values, outer),
            TableBody table => Table(table, outer),
            SetOperation operation => Operation(operation, outer),
            _ => throw body.At.Fault("This query is not offered here."),
        };
    }

    private AnalyzedQuery Table(TableBody table, Scope? outer)
    {
        Selection all = new([new SelectItem(Value: null, Alias: null, Star: null, StarNames: null, table.At)], IsDistinct: false, table.At)
        {
            From = new TableRelation(table.Name, table.At),
        };
        return queries.Analyze(new Query(all, table.At), outer);
    }

    private AnalyzedQuery Values(ValuesBody body, Scope? outer)
    {
        ExpressionAnalyzer expressions = new(queries.Statement, queries, new Scope([], outer), Clause.Values);
        var rows = body.Rows.Select(row => Row(row, expressions)).ToList();
        var width = rows[0].Count;
        if (rows.FindIndex(row => row.Count != width) is var odd and >= 0)
        {
            throw body.Rows[odd].At.Fault($"Values rows have mismatched sizes: {width} vs {rows[odd].Count}");
        }

        List<OutputColumn> columns = [];
        for (var place = 0; place < width; place++)
        {
            var type = TypeRules.Common(rows.Select(row => row[place].Type))
                ?? throw body.At.Fault($"Values rows have mismatched types: {string.Join(" vs ", rows.Select(row => row[place].Type).Distinct())}");
            columns.Add(new OutputColumn(Name: null, type));
        }

        var texts = rows.Select(row => $"({string.Join(", ", row.Select((value, place) => As(value, columns[place].Type, body.At)))})");
        var relation = queries.Statement.NewName('v');
        var names = string.Join(", ", columns.Select((_, place) => AnalyzedQuery.ColumnName(place)));
        return new AnalyzedQuery($"SELECT {names} FROM (VALUES {string.Join(", ", texts)}) AS {relation}({names})", columns);
    }

    // The types of VALUES are those of DuckDB's literals, unless they are told.
    private static string As(Value value, SqlType type, Position at) => Spelling.Cast(Casts.Coerce(value, type, at).Sql, type);

    private static IReadOnlyList<Value> Row(Expression row, ExpressionAnalyzer expressions)
    {
        if (row is RowConstructor constructor)
        {
            return [.. constructor.Items.Select(expressions.Analyze)];
        }

        return [expressions.Analyze(row)];
    }

    private AnalyzedQuery Operation(SetOperation operation, Scope? outer)
    {
        var (left, right) = (Analyze(operation.Left, outer), Analyze(operation.Right, outer));
        if (left.Columns.Count != right.Columns.Count)
        {
            throw operation.At.Fault($"{operation.Operator} query has different number of fields: {left.Columns.Count}, {right.Columns.Count}");
        }

        List<OutputColumn> columns = [];
        for (var place = 0; place < left.Columns.Count; place++)
        {
            var (one, other) = (left.Columns[place], right.Columns[place]);
            var type = TypeRules.Common(one.Type, other.Type)
                ?? throw operation.At.Fault($"column {place + 1} in {operation.Operator} query has incompatible types: {one.Type}, {other.Type}");
            columns.Add(new OutputColumn(one.Name, type, one.TypedTable == other.TypedTable ? one.TypedTable : null));
        }

        var (first, second) = (As(left, columns, operation.At), As(right, columns, operation.At));
        if (columns.Exists(column => Zoned.Has(column.Type)) && !(operation.Operator is "UNION" && operation.IsAll))
        {
            return OfInstants(operation, first, second, columns);
        }

        var all = operation.IsAll ? " ALL" : "";
        return new AnalyzedQuery($"({first}) {operation.Operator}{all} ({second})", columns);
    }

    // Rows that show the same instants are alike.
    private AnalyzedQuery OfInstants(SetOperation operation, string left, string right, List<OutputColumn> columns)
    {
        if (operation.Operator is not "UNION")
        {
            throw operation.At.Fault($"{operation.Operator} of timestamps with time zone is not offered here: {Zoned.Instead}");
        }

        var relation = queries.Statement.NewName('r');
        var values = columns.Select((column, place) => new Value(column.Type, $"{relation}.{AnalyzedQuery.ColumnName(place)}")).ToList();
        var names = string.Join(", ", values.Select(value => value.Sql));
        return new AnalyzedQuery(
            $"SELECT {OrderedSelect.Distinct(values, operation.At)}{names} FROM (({left}) UNION ALL ({right})) AS {relation}", columns);
    }

    /// <summary>A query whose columns are of these types.</summary>
    public string As(AnalyzedQuery query, IReadOnlyList<OutputColumn> columns, Position at)
    {
        if (query.Columns.Zip(columns).All(pair => pair.First.Type == pair.Second.Type && pair.First.Type != SqlType.Unknown))
        {
            return query.Sql;
        }

        var relation = queries.Statement.NewName('r');
        var items = columns.Select((column, place) =>
        {
            var name = AnalyzedQuery.ColumnName(place);
            Value value = new(query.Columns[place].Type, $"{relation}.{name}") { IsLiteral = true };
            return $"{Casts.Coerce(value, column.Type, at).Sql} AS {name}";
        });
        return $"SELECT {string.Join(", ", items)} FROM ({query.Sql}) AS {relation}";
    }
}
